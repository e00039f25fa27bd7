#!/bin/bash
# Runs once, when the influxdb container is set up: the reading login of Grafana, whose secret is made beforehand.
set -euo pipefail
influx bucket create --name demo >/dev/null
dust=$(influx bucket list --name dust --hide-headers | cut -f1)
demo=$(influx bucket list --name demo --hide-headers | cut -f1)
influx v1 auth create --username grafana --password "$(cat /run/secrets/influx-read-password)" \
    --read-bucket "$dust" --read-bucket "$demo" >/dev/null
