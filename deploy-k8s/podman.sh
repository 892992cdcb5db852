# Sourced by image.sh and pods.sh: what both need of podman and of a shell, in the folder $work.
step() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }

# A container may not ask for more than this process has.
export CONTAINERS_CONF="$work/containers.conf"
cat >"$CONTAINERS_CONF" <<CONF
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[containers]
default_ulimits = ["nofile=$(ulimit -Sn):$(ulimit -Sn)", "nproc=4096:4096"]
CONF
