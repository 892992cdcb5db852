#!/usr/bin/env bash
# Builds the image where no image registry can be reached, and tries it: the base comes from Debian packages and this machine's
# .NET, the program from the working tree. Needs root, podman, runc, buildah, debootstrap, catatonit, containernetworking-plugins.
#
#   deploy-k8s/image.sh [TAG]      # default classound:0.1.0
set -euo pipefail
cd "$(dirname "$0")/.."

tag=${1:-classound:0.1.0}
work=$(mktemp -d)
container=classound-smoke-$$
trap 'podman rm -f "$container" >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

. deploy-k8s/podman.sh

step "base image: Debian with ICU and time zones, and the runtimes of this machine's .NET"
if ! podman image exists localhost/classound-base:local; then
  # From where apt itself takes its packages.
  mirror=$(apt-cache policy | grep -oP '\bhttps?://\S+(?= bookworm/main)' | head -1)
  debootstrap --variant=minbase --include=ca-certificates,libicu72,libssl3,libstdc++6,tzdata,zlib1g bookworm "$work/root" ${mirror:+"$mirror"} >"$work/debootstrap.log"
  rm -rf "$work"/root/var/cache/apt/archives/*.deb "$work"/root/var/lib/apt/lists/* "$work"/root/usr/share/{doc,man,locale}
  sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
  mkdir -p "$work/root/usr/share/dotnet/shared"
  cp -a "$sdk/dotnet" "$sdk/host" "$work/root/usr/share/dotnet/"
  for runtime in Microsoft.NETCore.App Microsoft.AspNetCore.App; do
    version=$(dotnet --list-runtimes | awk -v name="$runtime" '$1 == name && $2 ~ /^10\./ {print $2}' | sort -V | tail -1)
    mkdir -p "$work/root/usr/share/dotnet/shared/$runtime"
    cp -a "$sdk/shared/$runtime/$version" "$work/root/usr/share/dotnet/shared/$runtime/"
  done
  tar -C "$work/root" -c . | podman import --change 'ENV PATH=/usr/share/dotnet:/usr/sbin:/usr/bin:/sbin:/bin' - localhost/classound-base:local >/dev/null
  rm -rf "$work/root"
fi

step "program"
dotnet publish src/Classound.Silo -c Release -v quiet -o "$work/app" --no-self-contained -p:UseAppHost=false
podman build --quiet --target runtime --build-arg BASE_IMAGE=localhost/classound-base:local --tag localhost/classound-runtime:local -f deploy-k8s/Dockerfile .
printf 'FROM localhost/classound-runtime:local\nCOPY . /app\n' >"$work/Containerfile"
podman build --quiet --tag "$tag" -f "$work/Containerfile" "$work/app"
podman image inspect --format 'size: {{.Size}} bytes' "$tag"

step "smoke test: not root, read-only, no capabilities"
started=$(date +%s.%N)
podman run --detach --name "$container" --network host --read-only --cap-drop all --security-opt no-new-privileges --user 1654:1654 \
  --tmpfs /tmp:mode=1777 --tmpfs /data:mode=1777 -e CLASSOUND__GRPCPORT=15080 -e CLASSOUND__HTTPPORT=15081 "$tag" --demo >/dev/null
for _ in $(seq 600); do
  if curl -fs -o /dev/null http://127.0.0.1:15081/health/ready; then break; fi
  sleep 0.1
done
curl -fsS http://127.0.0.1:15081/health/ready
printf '\nready after %s s\n' "$(echo "$(date +%s.%N) - $started" | bc)"
podman exec "$container" sh -c 'test "$(id -u)" = 1654 && ! touch /app/written 2>/dev/null'

cli() { dotnet run --no-build -c Release --project src/Classound.Cli -- --server http://127.0.0.1:15080 "$@"; }
dotnet build -c Release -v quiet src/Classound.Cli >/dev/null
# 22:30 UTC of 31 March 2024 is half past midnight of April in Rome only because summer time began that night.
printf 'ID|ACCOUNT|DESTINATION|STARTDATE|ENDDATE|STATUS\n1|+390612345678|+33123456789|1711924200|1711924260|success\n' >"$work/month.csv"
cli replay "$work/month.csv" --pbx smoke --country IT --time-zone Europe/Rome --main-number +390612345678 --provision \
  --plan CLASSOUND-FLAT-1m --price-list END_USER
cli totals smoke 2024-04
cli price-list export END_USER --format pdf --out "$work/list.pdf"
head -c 5 "$work/list.pdf" | grep -q '%PDF-'
podman stop --time 60 "$container" >/dev/null
test "$(podman inspect --format '{{.State.ExitCode}}' "$container")" = 0
step "the image $tag works"
