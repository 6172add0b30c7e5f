"""Looks into addons that cannot be run here: for which machine they are, what they export and what they need."""

import os
import re
import sys

import lief

# By the name of the platform: the file type with the machine, and the libraries that it has anyway. Those of glibc musl
# takes for itself, by their names.
GLIBC = {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1"}
EXPECTED = {
    "linux-x64": ("ELF DYN X86_64", GLIBC),
    "linux-arm64": ("ELF DYN AARCH64", GLIBC),
    "darwin-x64": ("MACHO DYLIB X86_64", {"/usr/lib/libSystem.B.dylib"}),
    "darwin-arm64": ("MACHO DYLIB ARM64", {"/usr/lib/libSystem.B.dylib"}),
    "win32-x64": ("PE DLL AMD64", None),
}
ENTRY = "napi_register_module_v1"


def inspect(file, oldest_glibc):
    platform = re.fullmatch(r"(?:.*/)?wechat-push\.(.+)\.node", file).group(1)
    kind, libraries = EXPECTED[platform]
    binary = lief.parse(file)
    if binary is None:
        print(f"{file}: is no library")
        return False
    flaws = []
    found = kind_of(binary)
    if found != kind:
        flaws.append(f"is {found}, not {kind}")
    exported = {name_of(function).lstrip("_") for function in binary.exported_functions}
    if ENTRY not in exported:
        flaws.append(f"does not export {ENTRY}")
    needed = {name_of(library) for library in binary.libraries if not is_own_name(library)}
    if unexpected := {library for library in needed if not is_expected(library, libraries)}:
        flaws.append(f"needs {', '.join(sorted(unexpected))}")
    if platform == "darwin-arm64" and not binary.has_code_signature:
        flaws.append("is not signed, so macOS ends whoever loads it")
    with open(file, "rb") as opened:
        content = opened.read()
    for folder in (os.getcwd(), os.path.expanduser("~") + "/."):
        if folder.encode() in content:
            flaws.append(f"names {folder}, a folder of this machine")
    glibc = glibc_of(binary)
    if glibc > oldest_glibc:
        flaws.append(f"needs a newer glibc than {'.'.join(map(str, oldest_glibc))}")
    version = f", glibc {'.'.join(map(str, glibc))}" if glibc != (0,) else ""
    print(f"{file}: {found}{version}, {', '.join(sorted(needed)) or 'no library'}: {'; '.join(flaws) or 'good'}")
    return not flaws


def is_expected(library, libraries):
    """Windows brings many, but for those of Visual C++, which Node does not need either."""
    if libraries is None:
        return not re.match(r"vcruntime|msvcp", library, re.IGNORECASE)
    return library in libraries


def kind_of(binary):
    header = binary.header
    machine = getattr(header, "machine_type", None) or getattr(header, "cpu_type", None) or header.machine
    file_type = getattr(header, "file_type", "DLL" if getattr(header, "characteristics", 0) & 0x2000 else "EXE")
    return " ".join(str(part).split(".")[-1] for part in (binary.format, file_type, machine))


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
                versions.append(version_of(match.group(1)))
    return max(versions)


def version_of(text):
    return tuple(map(int, text.split(".")))


if __name__ == "__main__":
    oldest, *files = sys.argv[1:]
    # Every one, so that each is said of.
    results = [inspect(file, version_of(oldest)) for file in files]
    sys.exit(0 if all(results) else 1)
