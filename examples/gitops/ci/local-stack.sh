#!/bin/sh
# Starts the local service with what seed.yaml says, and makes the stack `local`, whose state and secrets are thrown away
# with the run. Each key of the configuration that definitions in the folders name gets a value, which keeps the limits of
# passwords; the key of a callback URL gets an address:
#
#   ci/local-stack.sh teams ../base/teams
set -euf
npx change-tracking-service --memory --seed seed.yaml > change-tracking-service.log 2>&1 &
tries=0
until npx change-tracking-service health; do
  tries=$((tries + 1))
  if [ "$tries" -ge 30 ]; then cat change-tracking-service.log; exit 1; fi
  sleep 1
done
pulumi stack select --create local

# The keys that stand behind a pattern, each once. A folder that is not there yet has none.
keys() {
  name="config['\"]?: *['\"]?"
  pattern=$1
  shift
  grep -rhosE "$pattern$name[^][:space:]{},'\"]+" "$@" | sed -E "s/.*$name//" | sort -u
}
for key in $(keys "" "$@"); do pulumi config set --stack local --secret -- "$key" Thrown-away-1; done
for key in $(keys "callbackUrl['\"]?: *\{ *['\"]?" "$@"); do
  pulumi config set --stack local --secret -- "$key" https://example.com/thrown-away
done
