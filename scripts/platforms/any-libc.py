"""Lets an addon that was linked with glibc load where musl is: that takes the names of glibc's libraries for itself, but
not the name of its loader, which is there in any case and need not be asked for."""

import sys

import lief

for file in sys.argv[1:]:
    binary = lief.parse(file)
    for library in list(binary.libraries):
        if library.startswith("ld-linux"):
            binary.remove_library(library)
    binary.write(file)
