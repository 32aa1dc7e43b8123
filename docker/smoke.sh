#!/usr/bin/env bash
# Tries compose.yml for real and fails loudly: two users on two edges, kill -9 of an edge, of the
# persister and of Kafka under traffic, then down and up; whatever was acknowledged must be there, once.
# Run by hand, with bash, Docker and its compose plugin, after ./linnet has built the jars:
#   ./linnet --version && docker/smoke.sh
# It makes a compose project of its own, linnet-smoke, with free ports and fresh volumes, and removes
# both at its end (KEEP=1 leaves them for a look).
set -euo pipefail
cd "$(dirname "$0")"

work=$(mktemp -d)
steady=  # process id of the traffic under way
line=    # descriptor of the connection to an edge
trap '' PIPE  # a connection that was cut is an error to be seen, not the end

say() { printf '%s smoke: %s\n' "$(date +%T)" "$*"; }
die() {
  say "FAILED: $*" >&2
  exit 1
}
compose() {
  docker compose -p linnet-smoke --progress quiet -f compose.yml -f "$work/ports.yml" "$@"
}
finish() {
  code=$?
  trap - EXIT
  [ -z "$steady" ] || kill "$steady" 2>/dev/null || true
  if [ "$code" -ne 0 ]; then
    compose ps -a >&2 || true
    compose logs --tail 40 edge-1 edge-2 persister presence topics mongodb-init >&2 || true
  fi
  if [ -z "${KEEP:-}" ]; then
    compose down -v >/dev/null 2>&1 || true
  fi
  rm -rf "$work"
  [ "$code" -eq 0 ] && say "all is well" || say "FAILED"
  exit "$code"
}
trap finish EXIT

cat >"$work/ports.yml" <<'Y'
services:
  kafka: {ports: !override []}
  edge-1: {ports: !override ["127.0.0.1::9000", "127.0.0.1::8080"]}
  edge-2: {ports: !override ["127.0.0.1::9001", "127.0.0.1::8080"]}
Y

# ---- containers

container() { compose ps -aq "$1"; }
state() { docker inspect -f "{{.State.$2}}" "$(container "$1")"; }

await_healthy() {
  local service until=$((SECONDS + 180))
  for service in "$@"; do
    until [ "$(state "$service" Health.Status)" = healthy ]; do
      [ "$SECONDS" -lt "$until" ] || die "$service is not healthy after 180 s"
      sleep 1
    done
  done
}
up() {
  compose up -d
  await_healthy edge-1 edge-2 persister presence
}
# Body of a page that a service of the project serves inside of its network.
page() {
  compose exec -T persister bash -c 'exec 3<>"/dev/tcp/${1%:*}/${1#*:}"
    printf "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" "$2" >&3
    timeout 10 cat <&3' page "$1" "$2"
}

# ---- a client of the TCP protocol: one line per frame, on the descriptor $line

address() { compose port "$1" "$([ "$1" = edge-1 ] && echo 9000 || echo 9001)"; }

# connect ADDRESS USER [RESUME]: authenticates; the pushes of the sync are left to be read.
connect() {
  local at=$1 user=$2 resume=${3:-}
  exec {line}<>"/dev/tcp/${at%:*}/${at##*:}" || return 1
  put "{\"id\":\"auth\",\"op\":\"auth\",\"device\":\"smoke\"${resume:+,\"resume\":$resume},\"token\":\"$(cat "$work/$user.token")\"}" &&
    expect '*"id":"auth"*' 10 && [[ $frame == *'"code":0'* ]]
}
hang_up() {
  [ -z "$line" ] || exec {line}>&-
  line=
}
put() { printf '%s\n' "$1" >&"$line"; } 2>/dev/null
# expect PATTERN SECONDS: reads up to the frame that matches, into $frame; answers pings on the way.
expect() {
  local until=$((SECONDS + $2)) part begun='' code
  while [ "$SECONDS" -le "$until" ]; do
    part= code=0
    IFS= read -r -t 1 -u "$line" part || code=$?
    if [ "$code" -ne 0 ]; then
      [ "$code" -gt 128 ] || return 1  # the other side has closed, rather than said nothing yet
      begun+=$part
      continue
    fi
    frame=$begun$part
    begun=
    # shellcheck disable=SC2053 # a pattern it is
    [[ $frame == $1 ]] && return 0
    [[ $frame == '{"op":"ping"}'* ]] && put '{"op":"pong"}'
  done
  return 1
}
# ask ID OP-AND-FIELDS: the reply in $frame; false unless its code is 0.
ask() {
  put "{\"id\":\"$1\",$2}" && expect "*\"id\":\"$1\"*" 15 && [[ $frame == *'"code":0'* ]]
}

# traffic FROM TO ADDRESS...: sends numbered messages until $work/stop is there, over whichever edge
# answers; a message is repeated with its uuid until it is acknowledged, then written to FROM.acked.
traffic() {
  local from=$1 to=$2 n=0 retry at
  shift 2
  local edges=("$@") turn=0 line='' frame=''
  while [ ! -e "$work/stop" ]; do
    n=$((n + 1)) retry=
    until [ -n "$line" ] &&
      ask "$n" "\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"$to\",\"uuid\":\"$from-$n\",\"content\":\"$from $n\"$retry"; do
      retry=',"retry":true'
      hang_up
      at=${edges[turn++ % ${#edges[@]}]}
      connect "$at" "$from" || { hang_up && sleep 0.5; }
    done
    echo "$from $n" >>"$work/$from.acked"
    sleep 0.1
  done
  hang_up
}
begin_traffic() {
  rm -f "$work/stop"
  : >"$work/$1.acked"
  traffic "$@" 2>>"$work/traffic.log" &
  steady=$!
}
acked() { wc -l <"$work/$1.acked"; }
await_acked() {
  local until=$((SECONDS + 120)) goal=$(($(acked "$1") + $2))
  until [ "$(acked "$1")" -ge "$goal" ]; do
    [ "$SECONDS" -lt "$until" ] || die "$1 got no $2 acknowledgements in 120 s"
    sleep 0.2
  done
}
end_traffic() {
  touch "$work/stop"
  wait "$steady" || die "the traffic of $1 broke off"
  steady=
}

# contents: those of the history page in $frame, one a line.
contents() { grep -o '"content":"[^"]*"' <<<"$frame" | sed 's/.*:"//; s/"$//'; }

# verify EDGE FROM TO: once TO is in sync, its history with FROM holds every acknowledged message once
# and in order, and all of it counts as unread.
verify() {
  local at until=$((SECONDS + 60)) before='' n=0
  at=$(address "$1")
  until connect "$at" "$3" && expect '*"op":"synced"*' 30; do
    [ "$SECONDS" -lt "$until" ] || die "$3 gets no synced on $1: $frame"
    hang_up
    sleep 1
  done
  : >"$work/history"
  while :; do
    n=$((n + 1))
    until ask "h$n" "\"op\":\"history\",\"kind\":\"p2p\",\"peer\":\"$2\",\"limit\":200$before"; do
      [ "$SECONDS" -lt "$until" ] || die "history of $3: $frame"
      sleep 1
    done
    contents >>"$work/history"
    [[ $frame =~ \"next\":\"([^\"]+)\" ]] || break
    before=",\"before\":\"${BASH_REMATCH[1]}\""
  done
  tac "$work/history" >"$work/oldest-first"
  diff "$work/$2.acked" "$work/oldest-first" >"$work/diff" ||
    die "history of $3 is not what was acknowledged to $2: $(head -n 5 "$work/diff")"
  ask unread '"op":"unread"' || die "unread of $3: $frame"
  [[ $frame == *"\"total\":$(acked "$2"),"* ]] || die "unread of $3, of $(acked "$2"): $frame"
  hang_up
  say "$3 has the $(acked "$2") messages acknowledged to $2, each once, in order, unread"
}

# ---- the run

say "building and starting"
compose build
up
say "healthy: two edges, persister, presence-tracker"

for service in edge-1 edge-2 persister presence; do
  [ "$(compose exec -T "$service" sh -c 'echo $(id -u) $(cat /proc/1/comm)')" = "10001 java" ] ||
    die "$service: process 1 is not java as user 10001"
done
for target in $(grep -o '"[a-z0-9-]*:8080"' prometheus.yml | tr -d '"'); do
  page "$target" /metrics >"$work/metrics"
  grep -q '^linnet_' "$work/metrics" || die "$target/metrics has no metric of ours"
  cat "$work/metrics" >>"$work/all-metrics"
  page "$target" /health/ready >"$work/ready"
  head -n 1 "$work/ready" | grep -q ' 200 ' || die "$target/health/ready: $(cat "$work/ready")"
done
for metric in $(grep -o 'linnet_[a-z_]*' alerts.yml | sort -u); do
  grep -q "^$metric[{ ]" "$work/all-metrics" || die "alerts.yml asks for $metric, which nobody has"
done
say "all serve health and metrics, those of alerts.yml too; process 1 is java, user 10001"

for user in aa bb s1 r1 s2 r2 s3 r3; do
  compose exec -T edge-1 linnet token "$user" >"$work/$user.token"
done

connect "$(address edge-2)" bb || die "bb cannot connect to edge-2: $frame"
expect '*"op":"synced"*' 10 || die "bb gets no synced"
bb=$line
connect "$(address edge-1)" aa || die "aa cannot connect to edge-1: $frame"
aa=$line
ask 1 '"op":"send","kind":"p2p","to":"bb","uuid":"hello-1","content":"Hello from the first edge"' ||
  die "aa's message: $frame"
line=$bb
expect '*"op":"message"*"content":"Hello from the first edge"*' 10 || die "bb gets no message"
ask 2 '"op":"send","kind":"p2p","to":"aa","uuid":"hello-2","content":"Hello from the second"' ||
  die "bb's message: $frame"
line=$aa
expect '*"op":"message"*"content":"Hello from the second"*' 10 || die "aa gets no message"
hang_up
line=$bb
hang_up
say "aa on edge-1 and bb on edge-2 talk"

e1=$(address edge-1)
e2=$(address edge-2)

begin_traffic s1 r1 "$e1" "$e2"
await_acked s1 20
docker kill "$(container edge-1)" >/dev/null
await_acked s1 20
compose start edge-1
await_healthy edge-1
end_traffic s1
e1=$(address edge-1)  # a free port, so another one after a start
verify edge-1 s1 r1
say "edge-1 was killed and started"

begin_traffic s2 r2 "$e1" "$e2"
await_acked s2 20
docker kill "$(container persister)" >/dev/null
await_acked s2 20
compose start persister
await_healthy persister
end_traffic s2
verify edge-2 s2 r2
say "the persister was killed and started"

begin_traffic s3 r3 "$e1" "$e2"
await_acked s3 20
docker kill "$(container kafka)" >/dev/null
sleep 5  # a while without a log
compose start kafka
await_acked s3 20
end_traffic s3
await_healthy edge-1 edge-2 persister presence
verify edge-2 s3 r3
say "Kafka was killed and started"

digest() { compose run --rm -T --no-deps --entrypoint linnet "$1" digest 2>/dev/null; }
digest persister >"$work/view"
digest topics >"$work/log"
[ -s "$work/view" ] || die "no digest of the view"
diff "$work/view" "$work/log" || die "the view in MongoDB is not what the log says"
say "the view in MongoDB is what the log says"

compose stop edge-1 edge-2 persister presence
for service in edge-1 edge-2 persister presence; do
  [ "$(state "$service" ExitCode)" = 0 ] || die "$service stopped with $(state "$service" ExitCode)"
done
say "SIGTERM stops all of them cleanly"

compose down
up
for n in 1 2 3; do
  verify edge-1 "s$n" "r$n"
done
digest persister >"$work/view-again"
diff "$work/view" "$work/view-again" || die "the view changed over down and up"
say "down and up kept everything, the keys of tokens too"
