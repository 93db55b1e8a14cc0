"""Calls the CPQ admin API with an access token of the client credentials flow. Python 3.8 or newer, no packages.

The consumer secret is no part of this file: give it in the environment variable CPQ_CONSUMER_SECRET. The other values
can be given that way too. A proxy is taken from HTTPS_PROXY.
"""

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

TOKEN_URL = os.environ.get("CPQ_TOKEN_URL", "https://example.my.salesforce.com/services/oauth2/token")
CONSUMER_KEY = os.environ.get("CPQ_CONSUMER_KEY", "EXAMPLE_CONSUMER_KEY")
CPQ_URL = os.environ.get("CPQ_URL", "https://example.test.logik.io")

LISTS = {
    "Managed tables": "/a/managed_tables/v1/managedTables",
    "Rules": "/a/Admin/v3/rules",
    "Blueprints": "/a/admin/v2/blueprints",
}


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A token must go only to the server for which it is. A redirect is answered as any other refusal."""

    def redirect_request(self, *_):
        return None


opener = urllib.request.build_opener(NoRedirects)


def read(request):
    """The JSON of an answer."""
    try:
        with opener.open(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        text = refused.read(500).decode("utf-8", "replace")
        sys.exit(f"{request.full_url} answered {refused.code}: {text}")
    except urllib.error.URLError as failed:
        sys.exit(f"{request.full_url} could not be reached: {failed.reason}")


def access_token():
    """Requests a token. It is good until its claim "exp": keep it, and request another one shortly before."""
    secret = os.environ.get("CPQ_CONSUMER_SECRET") or sys.exit("CPQ_CONSUMER_SECRET is not set.")
    fields = {"grant_type": "client_credentials", "client_id": CONSUMER_KEY, "client_secret": secret}
    body = urllib.parse.urlencode(fields).encode()
    return read(urllib.request.Request(TOKEN_URL, body, {"Accept": "application/json"}))["access_token"]


def all_items(path, token):
    """All items of a list, page after page."""
    number = 0
    while True:
        url = f"{CPQ_URL.rstrip('/')}{path}?page={number}&size=100"
        headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"}
        page = read(urllib.request.Request(url, headers=headers))
        yield from page["content"]
        if page["last"]:
            return
        number += 1


token = access_token()
for title, path in LISTS.items():
    print(f"{title}: {', '.join(item['name'] for item in all_items(path, token))}")
