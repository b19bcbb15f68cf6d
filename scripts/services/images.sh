#!/usr/bin/env bash
# Docker Engine and small images of real servers, made from Debian packages alone: for machines without a container registry.
#
#   isolation-audit-test/redis:7          Debian redis-server
#   isolation-audit-test/postgres:15      Debian postgresql-15
#   isolation-audit-test/mariadb:10.11    Debian mariadb-server-core
#
# usage: images.sh [redis] [postgres] [mariadb] [--force] [--check]
#        --force: build again even if the image is current.
#        --check: change nothing; exit 0 when docker runs and the images named are there.
#
# For Debian 12 as root. An image whose recipe (this file) is unchanged is kept. No `docker build`: the packages of one server are
# unpacked without their maintainer scripts, trimmed, checked for missing libraries and given to `docker import`.
set -Eeuo pipefail

PREFIX=isolation-audit-test
WORK=${ISOLATION_AUDIT_IMAGES_DIR:-/var/tmp/isolation-audit-images}
DOCKERD_LOG=${ISOLATION_AUDIT_DOCKERD_LOG:-/var/tmp/isolation-audit-dockerd.log}
SELF=$(readlink -f "$0")
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

t0=$(date +%s%N)
say()  { local ds=$(( ($(date +%s%N) - t0) / 100000000 )); printf '[images %3d.%ds] %s\n' $((ds / 10)) $((ds % 10)) "$*"; }
die()  { printf 'images.sh: ERROR: %s\n' "$*" >&2; exit 1; }
trap 'rc=$?; printf "images.sh: ERROR: line %s failed (exit %s): %s\n" "$LINENO" "$rc" "$BASH_COMMAND" >&2; exit "$rc"' ERR

force=0 check=0 want=()
for a in "$@"; do
  case $a in
    redis|postgres|mariadb) want+=("$a") ;;
    --force) force=1 ;;
    --check) check=1 ;;
    -h|--help) sed -n '2,14p' "$SELF" | sed 's/^# \{0,1\}//'; exit 0 ;;
    *) die "unknown argument '$a' (try --help)" ;;
  esac
done
[ ${#want[@]} -gt 0 ] || want=(redis postgres mariadb)

tag_of()    { case $1 in redis) echo $PREFIX/redis:7 ;; postgres) echo $PREFIX/postgres:15 ;; mariadb) echo $PREFIX/mariadb:10.11 ;; esac; }
RECIPE=$(sha256sum "$SELF" | cut -c1-16)
server_up() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }
current()   { [ "$(docker image inspect -f '{{index .Config.Labels "isolation-audit.recipe"}}' "$(tag_of "$1")" 2>/dev/null || true)" = "$RECIPE" ]; }

if [ $check = 1 ]; then
  server_up || die "docker does not answer; run $SELF as root"
  for s in "${want[@]}"; do docker image inspect "$(tag_of "$s")" >/dev/null 2>&1 || die "no image $(tag_of "$s"); run $SELF $s"; done
  echo "ok: docker $(docker version --format '{{.Server.Version}}'), images: $(for s in "${want[@]}"; do tag_of "$s"; done | tr '\n' ' ')"
  exit 0
fi

[ "$(id -u)" = 0 ] || die "must run as root (installs packages, starts dockerd)"
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || die "needs a Debian machine (apt-get, dpkg-deb)"
ARCH=$(dpkg --print-architecture)

# ---- apt ----------------------------------------------------------------------------------------
apt_updated=0
apt_update() {
  [ $apt_updated = 1 ] && return 0
  say "apt-get update"
  local i
  for i in 1 2 3; do
    # some sources of the machine (not ours) may be unreachable: judged below by whether packages resolve
    if apt-get update >"$WORK/apt-update.log" 2>&1; then apt_updated=1; return 0; fi
    sleep $((i * 2))
  done
  apt_updated=1
  say "warning: apt-get update reported errors (see $WORK/apt-update.log); going on with the lists there are"
}
mkdir -p "$WORK"
exec 9>"$WORK/.lock"; flock -w 600 9 || die "another $(basename "$SELF") holds $WORK/.lock for 10 minutes"

# ---- docker -------------------------------------------------------------------------------------
if ! command -v dockerd >/dev/null; then
  apt_update
  say "installing docker.io"
  # Debian's package tries to start the daemon through init; on a machine without init that is refused quietly.
  if ! apt-get install -y --no-install-recommends docker.io iptables >"$WORK/apt-docker.log" 2>&1; then
    tail -5 "$WORK/apt-docker.log" >&2
    die "apt-get could not install docker.io (log: $WORK/apt-docker.log)"
  fi
fi
command -v docker >/dev/null || die "dockerd is installed but there is no docker client on PATH"

if ! server_up; then
  if [ -f /var/run/docker.pid ] && ! kill -0 "$(cat /var/run/docker.pid)" 2>/dev/null; then rm -f /var/run/docker.pid; fi
  say "starting dockerd (log $DOCKERD_LOG)"
  setsid nohup dockerd >"$DOCKERD_LOG" 2>&1 </dev/null 9>&- &
  dpid=$!
  for i in $(seq 1 240); do
    server_up && break
    if ! kill -0 $dpid 2>/dev/null && ! server_up; then
      tail -8 "$DOCKERD_LOG" >&2
      grep -q 'iptables' "$DOCKERD_LOG" && echo "hint: the kernel refuses iptables; try: update-alternatives --set iptables /usr/sbin/iptables-legacy" >&2
      grep -qiE 'overlay|graphdriver' "$DOCKERD_LOG" && echo 'hint: no overlay support; put {"storage-driver":"vfs"} in /etc/docker/daemon.json' >&2
      grep -qiE 'cgroup' "$DOCKERD_LOG" && echo 'hint: cgroups are not mounted (mount -t tmpfs cgroup /sys/fs/cgroup, then each controller)' >&2
      die "dockerd stopped at start (log above, $DOCKERD_LOG)"
    fi
    sleep 0.25
  done
  server_up || die "dockerd did not answer within 60 s (log $DOCKERD_LOG)"
fi
say "docker $(docker version --format '{{.Server.Version}}') answers"

# ---- one image ----------------------------------------------------------------------------------
# Packages that a Depends names but a container of one server never runs (perl, llvm for PG's JIT, account tools).
DROP='^(perl.*|lib[a-z-]*-perl|libperl.*|libdb5\.3|libgdbm.*|dpkg|tar|usrmerge|init-system-helpers|sysvinit-utils|debconf.*|cdebconf|passwd|adduser|libpam-.*|libsemanage.*|libsepol.*|lsb-base|lsof|ucf|sensible-utils|ssl-cert|openssl|postgresql-common|postgresql-client-common|readline-common|locales|libc-l10n|libllvm.*|libz3.*|galera.*|mount|util-linux.*|coreutils|bsdutils|debianutils|libmount.*|libsmartcols.*|libfdisk.*|libblkid1|media-types|mailcap)$'

build() {
  local x svc=$1 pkgs tag root=$WORK/$1/root debs=$WORK/$1/debs list
  tag=$(tag_of "$svc")
  if [ $force = 0 ] && current "$svc"; then say "$tag is current"; return 0; fi
  case $svc in
    redis)    pkgs="redis-server" ;;
    postgres) pkgs="postgresql-15 libc-bin" ;;
    mariadb)  pkgs="mariadb-server-core libc-bin" ;;
  esac
  rm -rf "${WORK:?}/$svc"; mkdir -p "$root" "$debs"; chmod 755 "$root"
  : >"$WORK/status"       # resolve against an empty machine, so that every library needed is named
  resolve() {
    apt-get install -s --no-install-recommends -o Dir::State::status="$WORK/status" $pkgs busybox-static gosu 2>"$WORK/$svc/resolve.err" \
      | sed -nE 's/^Inst ([^ ]+) \(([^ ]+) .*/\1 \2/p' | while read -r n v; do [[ ${n%%:*} =~ $DROP ]] || echo "${n%%:*}=$v"; done
  }
  list=$(resolve || true)
  if ! grep -q "^${pkgs%% *}=" <<<"$list"; then apt_update; list=$(resolve || true); fi
  grep -q "^${pkgs%% *}=" <<<"$list" || { tail -5 "$WORK/$svc/resolve.err" >&2; die "apt cannot resolve '$pkgs' (Debian 12 sources needed; see $WORK/apt-update.log)"; }
  say "$tag: fetching $(wc -l <<<"$list") packages"
  fetch() { (cd "$debs" && apt-get download -o APT::Sandbox::User=root $list) >"$WORK/$svc/download.log" 2>&1; }
  if ! fetch; then      # lists older than the archive: refresh, resolve again, once
    apt_updated=0; apt_update; list=$(resolve); rm -f "$debs"/*; fetch || { grep -E '^E:' "$WORK/$svc/download.log" | sed 's#[a-z]*://[^ ]*/##' >&2; die "could not download the packages of $tag (log $WORK/$svc/download.log)"; }
  fi

  # merged /usr, as Debian has it
  mkdir -p "$root"/usr/{bin,sbin,lib,lib64,local/bin} "$root"/{etc,tmp,run,var/lib,var/log,dev,proc,sys,root}
  local d; for d in bin sbin lib lib64; do ln -s "usr/$d" "$root/$d"; done
  chmod 1777 "$root/tmp"
  for d in "$debs"/*.deb; do
    dpkg-deb --fsys-tarfile "$d" | tar -x -C "$root" --keep-directory-symlink \
      --exclude='./usr/share/doc*' --exclude='./usr/share/man' --exclude='./usr/share/locale' --exclude='./usr/share/lintian' \
      --exclude='./usr/share/info' --exclude='./usr/share/bash-completion' --exclude='./usr/share/apport' --exclude='./lib/systemd' \
      --exclude='./usr/lib/systemd' --exclude='./etc/init.d' --exclude='./usr/share/bug' --exclude='*/bitcode' --exclude='*/llvmjit*' \
      --exclude='./usr/lib/*/gconv'
  done
  # busybox for sh, cat, nc ...; a real program of the same name wins
  local bb=$root/usr/bin/busybox a
  [ -x "$bb" ] || die "no busybox in the image root"
  for a in $("$bb" --list); do [ -e "$root/usr/bin/$a" ] || [ -e "$root/usr/sbin/$a" ] || ln -s busybox "$root/usr/bin/$a"; done
  # Debian keeps passwd files in base-passwd's scripts; write them
  printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n' >"$root/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
  printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$root/etc/nsswitch.conf"
  user() { echo "$1:x:$2:$2::$3:/bin/sh" >>"$root/etc/passwd"; echo "$1:x:$2:" >>"$root/etc/group"; mkdir -p "$root$3"; chown "$2:$2" "$root$3"; }
  "conf_$svc" "$root"
  chmod 755 "$root/usr/local/bin/docker-entrypoint.sh"

  # every library that the server's programs need must be there
  local bins missing
  bins=$(cd "$root" && find -L $CHECK_BINS -maxdepth 1 -type f -perm /111 2>/dev/null)
  [ -n "$bins" ] || die "$tag: no server program was unpacked"
  if [ "$ARCH" = "$(uname -m | sed 's/x86_64/amd64/;s/aarch64/arm64/')" ]; then
    local ld=
    for x in lib64/ld-linux-x86-64.so.2 lib/ld-linux-aarch64.so.1; do if [ -e "$root/$x" ] || [ -L "$root/$x" ]; then ld=$x; fi; done
    [ -n "$ld" ] || die "$tag: no dynamic loader was unpacked"
    missing=$(for b in $bins; do LD_TRACE_LOADED_OBJECTS=1 chroot "$root" "/$ld" "/$b" 2>&1 | grep -E 'not found|cannot open' || true; done | sort -u)
    [ -z "$missing" ] || die "$tag: libraries missing: $missing"
  fi
  local args=(-c 'ENV PATH=/usr/local/bin:/usr/bin:/usr/sbin'"${EXTRA_PATH:+:$EXTRA_PATH}")
  for x in "${CHANGES[@]}"; do args+=(-c "$x"); done
  args+=(-c 'ENTRYPOINT ["docker-entrypoint.sh"]' -c "LABEL isolation-audit.recipe=$RECIPE" -c "LABEL isolation-audit.service=$svc")
  tar -C "$root" --numeric-owner --sort=name -c . | docker import "${args[@]}" - "$tag" >"$WORK/$svc/import.log" 2>&1 || { cat "$WORK/$svc/import.log" >&2; die "docker import of $tag failed"; }
  if declare -F "bake_$svc" >/dev/null; then "bake_$svc" "$tag"; fi
  rm -rf "${WORK:?}/$svc"
  say "$tag built: $(( $(docker image inspect -f '{{.Size}}' "$tag") / 1000000 )) MB"
}


entrypoint() { cat >"$1/usr/local/bin/docker-entrypoint.sh"; }

conf_redis() {
  local root=$1
  user redis 999 /data
  CHECK_BINS=usr/bin/redis-server EXTRA_PATH=
  CHANGES=('WORKDIR /data' 'EXPOSE 6379' 'CMD ["redis-server"]')
  entrypoint "$root" <<'E'
#!/bin/sh
set -e
if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then set -- redis-server "$@"; fi
if [ "$1" = redis-server ]; then
  # the official image is compiled with protected mode off: the port is reached from another network namespace
  case " $* " in *" --protected-mode "*) ;; *) set -- "$@" --protected-mode no ;; esac
  if [ "$(id -u)" = 0 ]; then chown redis:redis . ; exec gosu redis "$@"; fi
fi
exec "$@"
E
}

conf_postgres() {
  local root=$1
  user postgres 999 /var/lib/postgresql
  mkdir -p "$root"/var/lib/postgresql/data "$root"/var/run/postgresql "$root"/docker-entrypoint-initdb.d
  chown 999:999 "$root"/var/lib/postgresql/data "$root"/var/run/postgresql; chmod 2775 "$root"/var/run/postgresql
  CHECK_BINS=usr/lib/postgresql/15/bin EXTRA_PATH=/usr/lib/postgresql/15/bin
  # Debian's sample listens on localhost only; the official image has listen_addresses = '*'
  sed -ri "s!^#?(listen_addresses)\s*=\s*\S+.*!\1 = '*'!" "$root"/usr/share/postgresql/15/postgresql.conf.sample
  CHANGES=('ENV LANG=C.UTF-8' 'ENV PGDATA=/var/lib/postgresql/data' 'EXPOSE 5432' 'CMD ["postgres"]')
  entrypoint "$root" <<'E'
#!/bin/sh
# The parts of the official image's entrypoint that tests use: POSTGRES_USER / _PASSWORD / _DB / _INITDB_ARGS /
# _HOST_AUTH_METHOD, PGDATA, /docker-entrypoint-initdb.d/*.{sql,sh}
set -e
if [ "${1#-}" != "$1" ]; then set -- postgres "$@"; fi
if [ "$1" != postgres ]; then exec "$@"; fi
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /var/run/postgresql
  chown postgres:postgres "$PGDATA" /var/run/postgresql; chmod 700 "$PGDATA"
  exec gosu postgres "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  user=${POSTGRES_USER:-postgres} db=${POSTGRES_DB:-${POSTGRES_USER:-postgres}} method=${POSTGRES_HOST_AUTH_METHOD:-}
  if [ -z "$POSTGRES_PASSWORD" ] && [ "$method" != trust ]; then
    echo "Error: Database is uninitialized and superuser password is not specified (POSTGRES_PASSWORD)." >&2; exit 1
  fi
  esc() { printf %s "$1" | sed "s/'/''/g"; }
  if [ -z "$POSTGRES_INITDB_ARGS" ] && [ -s /usr/share/isolation-audit/template/PG_VERSION ]; then
    # a cluster made by initdb when the image was built (saves about 1.3 s of CPU a start)
    cp -a /usr/share/isolation-audit/template/. "$PGDATA"/; chmod 700 "$PGDATA"
  else
    eval "initdb --no-sync --no-instructions -U postgres $POSTGRES_INITDB_ARGS" >/dev/null    # no sync: the data lives as long as the container
  fi
  printf '\nhost all all all %s\n' "${method:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"
  {
    if [ "$user" != postgres ]; then echo "UPDATE pg_authid SET rolname = '$(esc "$user")' WHERE oid = 10"; fi
    if [ -n "$POSTGRES_PASSWORD" ]; then echo "ALTER ROLE \"$user\" PASSWORD '$(esc "$POSTGRES_PASSWORD")'"; fi
    if [ "$db" != postgres ]; then echo "CREATE DATABASE \"$db\""; fi
  } | postgres --single -F -D "$PGDATA" -c log_min_messages=warning -c log_checkpoints=off postgres >/dev/null
  if [ -n "$(ls /docker-entrypoint-initdb.d 2>/dev/null)" ]; then
    export PGPASSWORD="$POSTGRES_PASSWORD"
    pg_ctl -D "$PGDATA" -o "-c listen_addresses='' -p 5432" -w start >/dev/null
    for f in /docker-entrypoint-initdb.d/*; do
      case $f in
        *.sh) if [ -x "$f" ]; then "$f"; else . "$f"; fi ;;
        *.sql) psql -v ON_ERROR_STOP=1 -q -U "$user" -d "$db" -f "$f" ;;
        *.sql.gz) gunzip -c "$f" | psql -v ON_ERROR_STOP=1 -q -U "$user" -d "$db" ;;
      esac
    done
    pg_ctl -D "$PGDATA" -m fast -w stop >/dev/null
  fi
  echo 'PostgreSQL init process complete; ready for start up.'
fi
exec "$@"
E
}

bake_postgres() {     # adds a ready cluster: run initdb once in the image, keep the result as a layer
  local tag=$1 id log=$WORK/postgres/bake.log
  id=$(docker create --entrypoint sh "$tag" -c 'set -e; d=/usr/share/isolation-audit/template; mkdir -p $d; chown postgres $d; exec gosu postgres initdb --no-sync --no-instructions -U postgres -D $d')
  if docker start -a "$id" >"$log" 2>&1; then
    docker commit -c 'ENTRYPOINT ["docker-entrypoint.sh"]' -c 'CMD ["postgres"]' "$id" "$tag" >>"$log"
  else
    docker rm -f "$id" >/dev/null; docker rmi "$tag" >/dev/null; cat "$log" >&2; die "the new $tag does not run (log above)"
  fi
  docker rm -f "$id" >/dev/null
}

conf_mariadb() {
  local root=$1
  user mysql 999 /var/lib/mysql
  mkdir -p "$root"/run/mysqld "$root"/etc/mysql; chown 999:999 "$root"/run/mysqld
  printf '[mariadbd]\nskip-name-resolve\nskip-log-bin\nbind-address=*\ndatadir=/var/lib/mysql\nsocket=/run/mysqld/mysqld.sock\n' >"$root"/etc/mysql/my.cnf
  CHECK_BINS=usr/sbin/mariadbd EXTRA_PATH=
  CHANGES=('ENV LANG=C.UTF-8' 'EXPOSE 3306' 'CMD ["mariadbd"]')
  entrypoint "$root" <<'E'
#!/bin/sh
# The parts of the official image's entrypoint that tests use: MARIADB_ / MYSQL_ with ROOT_PASSWORD, ALLOW_EMPTY_ROOT_PASSWORD (of MySQL
# ALLOW_EMPTY_PASSWORD), DATABASE, USER and PASSWORD. System tables as mariadb-install-db makes them, without the client programs that it wants.
set -e
if [ "${1#-}" != "$1" ]; then set -- mariadbd "$@"; fi
if [ "$1" = mysqld ]; then shift; set -- mariadbd "$@"; fi
if [ "$1" != mariadbd ]; then exec "$@"; fi
data=/var/lib/mysql
if [ "$(id -u)" = 0 ]; then chown mysql:mysql "$data"; exec gosu mysql "$0" "$@"; fi
if [ ! -d "$data/mysql" ]; then
  password=${MARIADB_ROOT_PASSWORD:-$MYSQL_ROOT_PASSWORD}
  if [ -z "$password$MARIADB_ALLOW_EMPTY_ROOT_PASSWORD$MYSQL_ALLOW_EMPTY_PASSWORD" ]; then
    echo 'Error: Database is uninitialized and password option is not specified (MARIADB_ROOT_PASSWORD, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD).' >&2; exit 1
  fi
  esc() { printf %s "$1" | sed "s/['\\\\]/\\\\&/g"; }
  db=${MARIADB_DATABASE:-$MYSQL_DATABASE} user=${MARIADB_USER:-$MYSQL_USER}
  {    # while it bootstraps, the server takes one statement a line
    echo 'CREATE DATABASE mysql;'
    echo 'USE mysql;'
    cat /usr/share/mysql/mysql_system_tables.sql /usr/share/mysql/mysql_performance_tables.sql /usr/share/mysql/mysql_system_tables_data.sql
    echo 'FLUSH PRIVILEGES;'
    echo "CREATE OR REPLACE USER root@localhost IDENTIFIED BY '$(esc "$password")';"
    echo "CREATE OR REPLACE USER root@'%' IDENTIFIED BY '$(esc "$password")';"
    echo "GRANT ALL ON *.* TO root@localhost WITH GRANT OPTION;"
    echo "GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;"
    if [ -n "$db" ]; then echo "CREATE DATABASE \`$db\`;"; fi
    if [ -n "$user" ]; then
      echo "CREATE USER '$(esc "$user")'@'%' IDENTIFIED BY '$(esc "${MARIADB_PASSWORD:-$MYSQL_PASSWORD}")';"
      if [ -n "$db" ]; then echo "GRANT ALL ON \`$db\`.* TO '$(esc "$user")'@'%';"; fi
    fi
  } | mariadbd --bootstrap --innodb-log-file-size=4M >/tmp/bootstrap.log 2>&1 || { cat /tmp/bootstrap.log >&2; exit 1; }
fi
exec "$@"
E
}

for s in "${want[@]}"; do build "$s"; done
say "ready: $(for s in "${want[@]}"; do tag_of "$s"; done | tr '\n' ' ')"
