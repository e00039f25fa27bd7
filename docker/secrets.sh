#!/bin/bash
# Makes every secret that docker-compose.yml names and that is not there yet, in ./secrets; those that are there stay.
# mosquitto's files come from the register: `dustwarden broker files --out secrets --set register=register`.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p secrets register
umask 077
make() { [ -s "secrets/$1" ] || printf %s "$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')" >"secrets/$1"; }
make auth-token
make influx-password
make influx-admin-token
make influx-read-password
make grafana-password
for file in passwords acl mqtt-password; do [ -e "secrets/$file" ] || : >"secrets/$file"; done
# The containers run as accounts of their own and see single files; the directory keeps everybody else out.
chmod 700 secrets
chmod 644 secrets/*
