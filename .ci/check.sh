#!/usr/bin/env bash
# The last step of action.yml: checks, writes the SARIF report, prints for people, and fails as strata check does.
# STRATA_PATHS and STRATA_ARGUMENTS are lists separated by spaces; the others are single values.
set -u
read -r -a paths <<<"$STRATA_PATHS"
read -r -a options <<<"$STRATA_ARGUMENTS"
if [ -n "$STRATA_BASELINE" ]; then options+=(--baseline "$STRATA_BASELINE"); fi
node "$STRATA_CLI" check "${paths[@]}" ${options[@]+"${options[@]}"} --output sarif >"$STRATA_SARIF"
code=$?
if [ "$code" -eq 2 ]; then exit 2; fi
node "$STRATA_CLI" check "${paths[@]}" ${options[@]+"${options[@]}"}
exit "$code"
