#!/bin/sh
# Calls the CPQ admin API with an access token of the client credentials flow. Any POSIX shell, curl 7.76 or newer.
#
# The consumer secret is no part of this file: give it in the environment variable CPQ_CONSUMER_SECRET. The other values
# can be given that way too. Secret and token go through pipes: others can see the arguments of a process.
set -eu

token_url=${CPQ_TOKEN_URL:-'https://example.my.salesforce.com/services/oauth2/token'}
consumer_key=${CPQ_CONSUMER_KEY:-'EXAMPLE_CONSUMER_KEY'}
cpq_url=${CPQ_URL:-'https://example.test.logik.io'}
: "${CPQ_CONSUMER_SECRET:?is not set}"

# The text of an answer. A redirect is a refusal: a token must go only to the server for which it is.
call() {
  answer=$(curl --silent --show-error --max-time 30 --write-out '\n%{http_code}' --header 'Accept: application/json' "$@")
  status=${answer##*
}
  answer=${answer%
*}
  [ "$status" = 200 ] || {
    printf '%s\n' "HTTP $status: $answer" >&2
    exit 1
  }
  printf '%s\n' "$answer"
}

# A token is good until its claim "exp": keep it, and request another one shortly before.
answer=$(printf %s "$CPQ_CONSUMER_SECRET" | call "$token_url" --data grant_type=client_credentials \
  --data-urlencode "client_id=$consumer_key" --data-urlencode client_secret@-)
token=$(printf '%s\n' "$answer" | sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p')

for path in /a/managed_tables/v1/managedTables /a/Admin/v3/rules /a/admin/v2/blueprints; do
  # For the next pages, add one to "page" until "last" of the answer is true.
  printf 'Authorization: Bearer %s\n' "$token" | call --header @- "${cpq_url%/}$path?page=0&size=100"
done
