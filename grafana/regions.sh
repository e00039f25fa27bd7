#!/bin/bash
# A regulator sees only its own region: for each region of `influx.regions` this makes a login that reads that region's bucket
# alone, and, where Grafana's address is given, an organisation of its own with the same sources and boards.
#
#   INFLUX_URL=http://influxdb:8086 INFLUX_ORG=dust INFLUX_TOKEN_FILE=secrets/influx-admin-token \
#   GRAFANA_URL=http://localhost:3000 GRAFANA_PASSWORD_FILE=secrets/grafana-password \
#   grafana/regions.sh OUT 410000/410700 130000/130100
#
# OUT/REGION.login holds NAME:PASSWORD (known ones stay). Without GRAFANA_URL only InfluxDB is set up. Needs curl and python3.
set -euo pipefail
bucket=${INFLUX_BUCKET:-dust}
token=${INFLUX_TOKEN:-$(cat "${INFLUX_TOKEN_FILE:?}")}
out=${1:?OUT}; shift
boards=$(cd "$(dirname "$0")/boards" && pwd)
mkdir -p "$out"; chmod 700 "$out"
umask 077

field() { python3 -c 'import json,sys
at=json.load(sys.stdin)
for key in sys.argv[1].split("."):
    at=at[int(key)] if isinstance(at,list) else at[key]
print(at)' "$1"; }
# The secret stands in a file of curl's own form, not on its command line.
influx() { local method=$1 path=$2; shift 2
    curl -sS --fail-with-body -X "$method" -K <(printf 'header = "Authorization: Token %s"\n' "$token") "$INFLUX_URL$path" "$@"; }
grafana() { local method=$1 path=$2 org=$3; shift 3
    curl -sS -X "$method" -K <(printf 'user = "%s:%s"\n' "${GRAFANA_USER:-admin}" "$(cat "$GRAFANA_PASSWORD_FILE")") \
        -H "X-Grafana-Org-Id: $org" -H 'Content-Type: application/json' "$GRAFANA_URL$path" "$@"; }

org=$(influx GET "/api/v2/orgs?org=${INFLUX_ORG:?}" | field orgs.0.id)
for region in "$@"; do
    name=${region//\//-}
    login=$bucket-$name
    id=$(influx GET "/api/v2/buckets?org=$INFLUX_ORG&name=${bucket}_$name" | field buckets.0.id) ||
        { echo "no bucket ${bucket}_$name yet: name $region in influx.regions and start Dustwarden first" >&2; exit 1; }
    if [ ! -s "$out/$name.login" ]; then
        password=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')
        auth=$(influx POST /private/legacy/authorizations -d "{\"token\":\"$login\",\"orgID\":\"$org\",\"description\":\"reads $region\",
            \"permissions\":[{\"action\":\"read\",\"resource\":{\"type\":\"buckets\",\"id\":\"$id\",\"orgID\":\"$org\"}}]}" | field id)
        influx POST "/private/legacy/authorizations/$auth/password" --data @- <<<"{\"password\":\"$password\"}" >/dev/null
        printf '%s:%s' "$login" "$password" >"$out/$name.login"
    fi
    echo "$region: bucket ${bucket}_$name, login in $out/$name.login"
    [ -n "${GRAFANA_URL:-}" ] || continue

    number=$(grafana GET "/api/orgs/name/$login" 1 | field id 2>/dev/null) ||
        number=$(grafana POST /api/orgs 1 -d "{\"name\":\"$login\"}" | field orgId)
    for part in verdicts means raw; do
        python3 - "$part" "${bucket}_$name" "$out/$name.login" "${GRAFANA_INFLUX_URL:-$INFLUX_URL}" <<'PYTHON' >"$out/$name.source"
import json, sys
part, bucket, login, url = sys.argv[1:]
user, password = open(login).read().split(':', 1)
print(json.dumps({'name': 'Dustwarden ' + part, 'uid': 'dustwarden-' + part, 'type': 'influxdb', 'access': 'proxy',
                  'url': url, 'database': bucket, 'user': user, 'jsonData': {'httpMode': 'GET', 'dbName': bucket},
                  'secureJsonData': {'password': password}, 'isDefault': part == 'verdicts'}))
PYTHON
        known=$(grafana GET "/api/datasources/uid/dustwarden-$part" "$number" | field id 2>/dev/null) || known=
        if [ -n "$known" ]; then
            grafana PUT "/api/datasources/$known" "$number" --data @"$out/$name.source" >/dev/null
        else
            grafana POST /api/datasources "$number" --data @"$out/$name.source" >/dev/null
        fi
        rm "$out/$name.source"
    done
    for board in "$boards"/*.json; do
        case $board in *self*) continue ;; esac
        python3 -c 'import json,sys; print(json.dumps({"dashboard": json.load(open(sys.argv[1])), "overwrite": True}))' "$board" |
            grafana POST /api/dashboards/db "$number" --data @- | field uid >/dev/null
    done
    echo "$region: Grafana organisation $login ($number)"
done
