#include "interpret/url.h"

#include <gtest/gtest.h>

#include "contact_text.h"

namespace yoran {
namespace {

using testing_contacts::Contacts;

std::string urls_in(const std::string& text) {
  return testing_contacts::contacts_in(
      text, "", MentionKind::url,
      [](const Contacts&, const Reading& reading) { return std::get<Url>(reading.value).value; });
}

struct Case {
  const char* text;
  const char* expected;
};

constexpr Case kFound[] = {
    {"see http://example.org", "http://example.org"},
    {"HTTP://WWW.EXAMPLE.ORG/Path", "http://www.example.org/Path"},
    {"ｈｔｔｐｓ：／／ｗｗｗ．ｅｘａｍｐｌｅ．ｊｐ／ａ", "https://www.example.jp/a"},
    {"http://example.org:8080/a?b=c#d", "http://example.org:8080/a?b=c#d"},
    {"http://user:secret@example.org/", "http://user:secret@example.org/"},
    {"http://127.0.0.1:8080/#/1", "http://127.0.0.1:8080/#/1"},
    {"https://intranet/start", "https://intranet/start"},
    {"ftp://example.org/file.zip", "ftp://example.org/file.zip"},
    {"http://example.org/a.", "http://example.org/a"},
    {"http://example.org/a...", "http://example.org/a"},
    {"(http://example.org/a)", "http://example.org/a"},
    {"(see http://example.org/a_(b))", "http://example.org/a_(b)"},
    {"http://example.org/a_(b)_[c]_'d'", "http://example.org/a_(b)_[c]_'d'"},
    {"'example.org/a' and more", "http://example.org/a"},
    {"<http://example.org/a>.", "http://example.org/a"},
    {"http://example.org/a+ http://example.org/b- http://example.org/#",
     "http://example.org/a+; http://example.org/b-; http://example.org/#"},
    {"http://www.example.jp/office/\nplan/1234.html", "http://www.example.jp/office/plan/1234.html"},
    {"http://www.example.jp/list?\nid=12&page=3", "http://www.example.jp/list?id=12&page=3"},
    {"http://www.example.jp/a\n/b/c.html", "http://www.example.jp/a/b/c.html"},
    {"http://www.example.jp/\nexample.org", "http://www.example.jp/; http://example.org"},
    {"http://www.example.jp/\nOpening hours", "http://www.example.jp/"},
    {"http://www.example.jp/a\nplan/1234.html", "http://www.example.jp/a"},
    {"http://www.example.jp/\n2020-01-01", "http://www.example.jp/"},
    {"http://www.example.jpです", "http://www.example.jp"},
    {"http://www.example.jp/です", "http://www.example.jp/"},
    {"ホームページhttp://www.example.jp/を見る", "http://www.example.jp/"},
    {"http://www.example.jp/a。http://www.example.jp/b、",
     "http://www.example.jp/a; http://www.example.jp/b"},
    {"（http://www.example.jp/a）", "http://www.example.jp/a"},
    {"「http://www.example.jp/a」", "http://www.example.jp/a"},
    {"https://ja.example.org/wiki/神戸市", "https://ja.example.org/wiki/神戸市"},
    {"http://example.jp/?q=神戸&lang=ja", "http://example.jp/?q=神戸&lang=ja"},
    {"http://例え.jp/へ", "http://例え.jp/"},
    {"http://例え.テストです", ""},
    {"http://президент.рф/новости", "http://президент.рф/новости"},
    {"президент.рф", "http://президент.рф"},
    {"http://example.org/Anne–Marie", "http://example.org/Anne–Marie"},
    {"http://example.org/(✪)_a", "http://example.org/(✪)_a"},
    {"www.example.org", "http://www.example.org"},
    {"example.org, example.net and example.co.jp.",
     "http://example.org; http://example.net; http://example.co.jp"},
    {"株式会社example.co.jpへ", "http://example.co.jp"},
    {"example.みんなです", "http://example.みんな"},
    {"URL:www.city.example.jp（外部リンク）", "http://www.city.example.jp"},
    {"website: example.it", "http://example.it"},
    {"example.it/contact", "http://example.it/contact"},
    {"comune.example.it", "http://comune.example.it"},
    {"s.l.o.w.io", "http://s.l.o.w.io"},
    {"localhost:8000/a", "http://localhost:8000/a"},
    {"Email: http://www.example.org/contact", "http://www.example.org/contact"},
    {"http://example.org/test@example.jp", "http://example.org/test@example.jp"},
};

constexpr Case kNone[] = {
    {"node.js and io.js", ""},
    {"show image.jpg", ""},
    {"open until 7.am or 7.pm", ""},
    {"index.htmlとstyle.css、main.py、README.md", ""},
    {"St.Louis Mr.Smith U.S.A. a.m. Ph.D. No.1 ver.2.0", ""},
    {"It ended.It began. It ended.it began.", ""},
    {"i.e.it and e.g.in", ""},
    {"1.2.3 and 3.5.to", ""},
    {"foo.baz foo.comm foo.somecom wwwww.xxxxxxx www.xxxxxxx.baz", ""},
    {"http:// and https://# and http://?", ""},
    {"http://.", ""},
    {"http://362", ""},
    {"http://-example.org", ""},
    {"http://example-.org", ""},
    {"http://a_b.example_.org", ""},
    {"http://xn--はじめよう.com/index.html", ""},
    {"httt://example.org", ""},
    {"hppt://example.org", ""},
    {"_//example.org", ""},
    {"_example.org", ""},
    {"-example.orga", ""},
    {"working..is", ""},
    {"localhost", ""},
    {"[ˈmʌŋ.ɡi.do]", ""},
    {"hey:42", ""},
    {"office@example.org", ""},
    {"first.last.jp@example.org", ""},
    {"name.al-last@example.org", ""},
    {"@example.org", ""},
    {"path/to/example.org", ""},
    {"a=example.org&b", ""},
    {"約3.5倍、10.5km、令和2.1.1", ""},
    {"...", ""},
    {"人口は.com", ""},
};

template <std::size_t N>
void check(const Case (&cases)[N]) {
  for (const Case& c : cases) EXPECT_EQ(urls_in(c.text), c.expected) << c.text;
}

TEST(Url, Found) { check(kFound); }
TEST(Url, None) { check(kNone); }

TEST(Url, SchemeIsAssumed) {
  Contacts contacts;
  testing_contacts::read_contacts("www.example.org http://www.example.org", "", contacts);
  ASSERT_EQ(contacts.readings.size(), 2U);
  EXPECT_TRUE(std::get<Url>(contacts.readings[0].value).assumed_scheme);
  EXPECT_FALSE(std::get<Url>(contacts.readings[1].value).assumed_scheme);
}

TEST(Url, AsciiForm) {
  Contacts contacts;
  testing_contacts::read_contacts("http://例え.jp/ä http://Bücher.example/", "", contacts);
  ASSERT_EQ(contacts.readings.size(), 2U);
  EXPECT_EQ(std::get<Url>(contacts.readings[0].value).ascii, "http://xn--r8jz45g.jp/%C3%A4");
  EXPECT_EQ(std::get<Url>(contacts.readings[1].value).value, "http://bücher.example/");
  EXPECT_EQ(std::get<Url>(contacts.readings[1].value).ascii, "http://xn--bcher-kva.example/");
}

TEST(Url, SpanIsTheAddress) {
  const auto printed = [](const Contacts& contacts, const Reading& reading) {
    return contacts.printed(reading);
  };
  EXPECT_EQ(
      testing_contacts::contacts_in("（ｗｗｗ．ｅｘａｍｐｌｅ．ｊｐ）です", "", MentionKind::url, printed),
      "ｗｗｗ．ｅｘａｍｐｌｅ．ｊｐ");
}

}  // namespace
}  // namespace yoran
