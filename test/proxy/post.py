# A program that knows nothing of the emulator: posts a form to each address, in Python's standard library.
import sys
from urllib.request import urlopen

for address in sys.argv[2:]:
    print(urlopen(address, sys.argv[1].encode()).read().decode())
