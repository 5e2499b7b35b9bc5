#!/bin/sh
# For a Pulumi CLI whose Node.js host runs no policy packs, such as one that was built from Go modules. It takes an
# executable instead of the folder: pulumi preview --policy-pack policy/start.sh
cd "$(dirname "$0")" || exit 1
exec node "$(node --print 'require.resolve("@pulumi/pulumi/cmd/run-policy-pack")')" "$1" .
