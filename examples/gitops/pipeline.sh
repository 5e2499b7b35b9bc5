#!/bin/sh
# The steps of the workflow files without a workflow: from a hook, by another CI, or by hand.
#
#   sh pipeline.sh pull-request   check, policies, review.md; changes nothing. Run it on the result of the merge: two
#                                 pull requests may each be right and together one group too many. The service of the
#                                 stack is asked, so that clients and subscriptions that there are count
#   sh pipeline.sh merge          check, pulumi up
#   sh pipeline.sh nightly        drift.md: what was changed by hand; changes nothing
#
# Run it in the folder of the program, after npm ci. STACK names the stack (default local), DEFINITIONS the folder of
# definitions (default teams). Policies count where there is a folder policy; POLICY_PACK is how the CLI gets them
# (default policy; policy/start.sh for a CLI that was built from Go modules).
#
# Ends as the first step that fails: with 1 when something is refused or was changed by hand, with 2 when a command of
# change-tracking could not look, otherwise with the code of pulumi. Steps behind it are not run.
set -u

stack=${STACK:-local}
definitions=${DEFINITIONS:-teams}

# Prints the name of a step, runs it, and ends the script when it fails.
step() {
  name=$1
  shift
  echo "pipeline: $name"
  code=0
  "$@" || code=$?
  if [ "$code" -ne 0 ]; then
    echo "pipeline: $name ended with $code"
    exit "$code"
  fi
}

# The command of the installed package, never one that is fetched, and nothing said about npm itself.
change_tracking() {
  npm_config_update_notifier=false npx --no-install change-tracking "$@"
}

# Whether npm has put the package here or into a folder above. Where it has not, npx asks the registry for a package that
# happens to be called as the command is, and ends with 1, which is no refusal.
is_installed() {
  at=$PWD
  until [ -d "$at/node_modules/pulumi-change-tracking" ]; do
    if [ "$at" = / ]; then return 1; fi
    at=$(dirname "$at")
  done
}

# Runs review or drift and shows the Markdown that it leaves, also where it ends with 1.
report() {
  rm -f "$1.md"
  status=0
  change_tracking "$1" --stack "$stack" --definitions "$definitions" --output "$1.md" || status=$?
  if [ -f "$1.md" ]; then cat "$1.md"; fi
  return "$status"
}

with_policies() {
  set -- "$@" --stack "$stack"
  if [ -d policy ]; then
    set -- "$@" --policy-pack "${POLICY_PACK:-policy}" --policy-pack-config policy/config.json
  fi
  pulumi "$@" --non-interactive
}

case "${1:-}" in
  pull-request | merge | nightly)
    if ! is_installed; then
      echo "pipeline: pulumi-change-tracking is not installed in $PWD: go to the program's folder, and run npm ci there" >&2
      exit 2
    fi
    ;;
esac

case "${1:-}" in
  pull-request)
    step check change_tracking check "$definitions"
    if [ -d policy ]; then step policies with_policies preview; fi
    step review report review
    ;;
  merge)
    step check change_tracking check "$definitions"
    step up with_policies up --yes
    ;;
  nightly)
    step drift report drift
    ;;
  *)
    echo "usage: sh pipeline.sh pull-request | merge | nightly" >&2
    exit 2
    ;;
esac
echo "pipeline: $1 went through"
