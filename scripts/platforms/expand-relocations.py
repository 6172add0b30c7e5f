"""Writes the packed relocations (RELR) of libraries one by one: the musl of Debian 12 knows no others."""

import sys

import lief

RELA = lief.ELF.Relocation.ENCODING.RELA
RELR = lief.ELF.Relocation.ENCODING.RELR
RELATIVE = {
    lief.ELF.ARCH.X86_64: lief.ELF.Relocation.TYPE.X86_64_RELATIVE,
    lief.ELF.ARCH.AARCH64: lief.ELF.Relocation.TYPE.AARCH64_RELATIVE,
}
TAGS = [getattr(lief.ELF.DynamicEntry.TAG, name) for name in ("RELR", "RELRSZ", "RELRENT")]


def expand(file):
    library = lief.parse(file)
    packed = [one.address for one in library.dynamic_relocations if one.encoding == RELR]
    if not packed:
        return
    # What is added to stands where it is written.
    words = {at: int.from_bytes(library.get_content_from_virtual_address(at, 8), "little") for at in packed}
    for tag in TAGS:
        library.remove(tag)
    for address, word in words.items():
        one = lief.ELF.Relocation(address, RELATIVE[library.header.machine_type], RELA)
        one.addend = word
        library.add_dynamic_relocation(one)
    library.write(file)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        expand(name)
