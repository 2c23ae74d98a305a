"""One set of documents as zip, tar.gz and tar.zst, and as single compressed files."""
import gzip
import io
import subprocess
import tarfile
import zipfile

DOCUMENTS = {
    "a/1.txt": "人口 1,001人\n",
    "b/第2市.html": "<p>人口 1,002人</p>",
    "b/bad.txt": "\0\1\2",
    "b/image.png": "x",
    "b/inner.zip": "PK",
    ".hidden/3.txt": "人口 1,003人\n",
    "c.txt": "人口 1,004人\n",
}
with zipfile.ZipFile("z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    for name, text in DOCUMENTS.items():
        archive.writestr(name, text)
with tarfile.open("t.tar", "w") as archive:
    for name, text in DOCUMENTS.items():
        entry = tarfile.TarInfo(name)
        entry.size = len(text.encode())
        archive.addfile(entry, io.BytesIO(text.encode()))
    link = tarfile.TarInfo("b/link.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "../../etc/passwd"
    archive.addfile(link)
with open("t.tar", "rb") as file, gzip.open("t.tar.gz", "wb") as packed:
    packed.write(file.read())
subprocess.run(["zstd", "-q", "t.tar", "-o", "t.tar.zst"], check=True)
with gzip.open("one.txt.gz", "wb") as packed:
    packed.write("人口 1,005人\n".encode())
