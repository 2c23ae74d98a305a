"""A crawl: answers of servers in several forms, a resource, a conversion, and records that are no pages."""
import gzip

PAGE = "<title>%s</title><p>人口 %s人</p>"


def record(kind, address, content_type, block):
    head = "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
    return (head % (kind, address, content_type, len(block))).encode() + block + b"\r\n\r\n"


def answer(address, body, status="200 OK", fields="Content-Type: text/html; charset=utf-8"):
    block = ("HTTP/1.1 %s\r\n%s\r\n\r\n" % (status, fields)).encode() + body
    return record("response", address, "application/http; msgtype=response", block)


def chunked(body, size):
    chunks = [body[i:i + size] for i in range(0, len(body), size)] + [b""]
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)


page = lambda number: (PAGE % (number, number)).encode()
records = [
    record("warcinfo", "", "application/warc-fields", b"software: none\r\n"),
    record("request", "http://a.example/", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
    answer("http://a.example/", page("1,001")),
    answer("http://a.example/chunks", chunked(page("1,002"), 7), fields="Content-Type: text/html\r\nTransfer-Encoding: chunked"),
    answer("http://a.example/gzip", gzip.compress(page("1,003")), fields="Content-Type: text/html\r\nContent-Encoding: gzip"),
    answer("http://a.example/sjis", (PAGE % ("4", "1,004")).encode("cp932"), fields="Content-Type: text/html; charset=Shift_JIS"),
    answer("http://a.example/gone", b"gone", status="404 Not Found"),
    answer("http://a.example/br", b"?", fields="Content-Type: text/html\r\nContent-Encoding: br"),
    answer("http://a.example/image", b"\x89PNG", fields="Content-Type: image/png"),
    record("resource", "file:///x.txt", "text/plain", "人口 1,005人".encode()),
    record("conversion", "http://a.example/text", "text/plain", "人口 1,006人".encode()),
]
open("c.warc", "wb").write(b"".join(records))
open("c.warc.gz", "wb").write(b"".join(gzip.compress(record) for record in records))
open("cut.warc", "wb").write(b"".join(records)[:-20])
