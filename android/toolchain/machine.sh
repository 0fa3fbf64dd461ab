# What the build asks of the machine: sourced by `android/build` and `android/on-bionic`. Installs what Debian, rustup and
# Maven have under their own names; says what to do where it may not or cannot.
# shellcheck shell=bash

say() { printf '%s\n' "android: $*" >&2; }
die() {
  say "$1"
  shift
  (($# == 0)) || printf '  %s\n' "$@" >&2
  exit 3
}

# need_packages PROGRAM=PACKAGE...: installs the Debian packages whose programs are not on the path.
need_packages() {
  local wanted=() pair as_root=()
  for pair in "$@"; do command -v "${pair%%=*}" >/dev/null || wanted+=("${pair#*=}"); done
  ((${#wanted[@]})) || return 0
  local by_hand="install with: apt-get install ${wanted[*]}"
  command -v apt-get >/dev/null || die "not on this machine: ${wanted[*]}" "this is no Debian or Ubuntu; install them by its own means"
  if ((EUID != 0)); then
    sudo -n true 2>/dev/null || die "not on this machine: ${wanted[*]}" "$by_hand"
    as_root=(sudo -n)
  fi
  say "installing ${wanted[*]}"
  local log
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    die "could not install ${wanted[*]}" "$by_hand"
  fi
  rm -f "$log"
}

# need_targets TRIPLE...: the standard library for each.
need_targets() {
  command -v cargo >/dev/null || die "no cargo on the path" "install Rust by rustup: https://rustup.rs"
  local sysroot triple
  sysroot=$(cd "$root" && rustc --print sysroot)
  for triple in "$@"; do
    [[ -d $sysroot/lib/rustlib/$triple/lib ]] && continue
    command -v rustup >/dev/null || die "this Rust has no standard library for $triple" "install Rust by rustup: https://rustup.rs"
    say "adding Rust's standard library for $triple"
    (cd "$root" && rustup --quiet target add "$triple") || die "rustup could not add $triple"
  done
}

# fetch NAME FILE: the jar of that name in jars.txt, its digest checked.
fetch() {
  local file=$2 name coordinates digest folder fetched
  read -r name coordinates digest < <(grep "^$1 " "$android/toolchain/jars.txt")
  [[ ! -f $file ]] || return 0
  need_packages mvn=maven
  say "fetching $coordinates"
  folder=$(mktemp -d "$target/fetch.XXXXXX")
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy "-Dartifact=$coordinates" \
    "-DoutputDirectory=$folder" >"$folder/log" 2>&1 || {
    tail -n 5 "$folder/log" >&2
    die "Maven could not fetch $coordinates" "see $folder/log"
  }
  fetched=$(compgen -G "$folder/*.jar")
  [[ $(sha256sum <"$fetched") == "$digest  -" ]] || die "$coordinates is not the file that jars.txt names" "it is $fetched"
  mv "$fetched" "$file"
  rm -r "$folder"
}

# need_platform: $platform/classes.jar and $platform/framework.apk, what the app is compiled against; $platform/r8.jar.
need_platform() {
  platform=$target/platform-$(sha256sum "$android/toolchain/jars.txt" "$android/toolchain/Framework.java" | sha256sum | head -c 12)
  [[ ! -f $platform/complete ]] || return 0
  rm -rf "$target"/platform-*
  mkdir -p "$platform"
  fetch r8 "$platform/r8.jar"
  fetch android-all "$platform/android-all.jar"
  java "$android/toolchain/Framework.java" "$platform/android-all.jar" "$platform/framework.apk" "$platform/classes.jar"
  rm "$platform/android-all.jar"
  touch "$platform/complete"
}
