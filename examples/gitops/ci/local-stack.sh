#!/bin/sh
# Starts the local service and makes the stack `local`, whose state and secrets are thrown away with the run.
set -eu
npx change-tracking-service --memory > change-tracking-service.log 2>&1 &
tries=0
until npx change-tracking-service health; do
  tries=$((tries + 1))
  if [ "$tries" -ge 30 ]; then cat change-tracking-service.log; exit 1; fi
  sleep 1
done
pulumi stack select --create local
pulumi config set --stack local --secret sourcePassword Thrown-away-1
pulumi config set --stack local --secret groupPassword Thrown-away-2
