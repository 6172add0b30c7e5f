"""Looks into addons that cannot be run here: for which machine they are, what they export and what they need."""

import os
import re
import sys

import lief

# By the name of the platform: the machine, and the libraries that it has anyway.
GLIBC = {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1"}
EXPECTED = {
    "linux-x64-gnu": ("X86_64", GLIBC | {"ld-linux-x86-64.so.2"}),
    "linux-arm64-gnu": ("AARCH64", GLIBC | {"ld-linux-aarch64.so.1"}),
    "linux-x64-musl": ("X86_64", {"libc.so"}),
    "linux-arm64-musl": ("AARCH64", {"libc.so"}),
    "darwin-x64": ("X86_64", {"/usr/lib/libSystem.B.dylib"}),
    "darwin-arm64": ("ARM64", {"/usr/lib/libSystem.B.dylib"}),
    "win32-x64": ("AMD64", None),
}
ENTRY = "napi_register_module_v1"
MOST_GLIBC = (2, 17)


def inspect(file):
    platform = re.fullmatch(r"(?:.*/)?wechat-push\.(.+)\.node", file).group(1)
    machine, libraries = EXPECTED[platform]
    binary = lief.parse(file)
    flaws = []
    found = machine_of(binary)
    if found != machine:
        flaws.append(f"is for {found}, not {machine}")
    exported = {name_of(function).lstrip("_") for function in binary.exported_functions}
    if ENTRY not in exported:
        flaws.append(f"does not export {ENTRY}")
    needed = {name_of(library) for library in binary.libraries if not is_own_name(library)}
    if libraries is not None and needed - libraries:
        flaws.append(f"needs {', '.join(sorted(needed - libraries))}")
    if platform == "darwin-arm64" and not binary.has_code_signature:
        flaws.append("is not signed, so macOS ends whoever loads it")
    with open(file, "rb") as opened:
        content = opened.read()
    for folder in (os.getcwd(), os.path.expanduser("~") + "/."):
        if folder.encode() in content:
            flaws.append(f"names {folder}, a folder of this machine")
    glibc = glibc_of(binary)
    if glibc > MOST_GLIBC:
        flaws.append(f"needs glibc {'.'.join(map(str, glibc))}")
    version = f", glibc {'.'.join(map(str, glibc))}" if glibc != (0,) else ""
    print(f"{file}: {found}{version}, {', '.join(sorted(needed)) or 'no library'}: {'; '.join(flaws) or 'good'}")
    return not flaws


def machine_of(binary):
    header = binary.header
    kind = getattr(header, "machine_type", None) or getattr(header, "cpu_type", None) or header.machine
    return str(kind).split(".")[-1]


def is_own_name(library):
    """A library of macOS names itself as well."""
    return str(getattr(library, "command", "")).endswith("ID_DYLIB")


def name_of(thing):
    return thing if isinstance(thing, str) else thing.name


def glibc_of(binary):
    """The newest symbol version of glibc that it needs."""
    versions = [(0,)]
    for need in getattr(binary, "symbols_version_requirement", []):
        for symbol in need.get_auxiliary_symbols():
            if match := re.fullmatch(r"GLIBC_([\d.]+)", symbol.name):
                versions.append(tuple(map(int, match.group(1).split("."))))
    return max(versions)


if __name__ == "__main__":
    # Every one, so that each is said of.
    results = [inspect(file) for file in sys.argv[1:]]
    sys.exit(0 if all(results) else 1)
