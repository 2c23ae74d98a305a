#include "interpret/email.h"

#include <gtest/gtest.h>

#include "contact_text.h"

namespace yoran {
namespace {

using testing_contacts::Contacts;

std::string emails_in(const std::string& text) {
  return testing_contacts::contacts_in(
      text, "", MentionKind::email,
      [](const Contacts&, const Reading& reading) { return std::get<Email>(reading.value).value; });
}

struct Case {
  const char* text;
  const char* expected;
};

constexpr Case kFound[] = {
    {"office@example.org", "office@example.org"},
    {"Office.Name+tag@Example.ORG", "Office.Name+tag@example.org"},
    {"(office@example.org)", "office@example.org"},
    {"<a@example.org>; \"Name\" <b@example.org>", "a@example.org; b@example.org"},
    {"MAILTO:a@example.org.", "a@example.org"},
    {"o'brien@example.org", "o'brien@example.org"},
    {"a.\"b\".c@example.org", "a.\"b\".c@example.org"},
    {"~a@example.org", "~a@example.org"},
    {"192.168.0.1@example.org", "192.168.0.1@example.org"},
    {"a@[192.0.2.1]", "a@[192.0.2.1]"},
    {"a@42.abc.11.example.org", "a@42.abc.11.example.org"},
    {"メール：ｋｏｈｏ＠ｃｉｔｙ．ｅｘａｍｐｌｅ．ｊｐ", "koho@city.example.jp"},
    {"koho@city.example.jpまで", "koho@city.example.jp"},
    {"koho@例え.jpまで", "koho@例え.jp"},
    {"koho@example.jp、kikaku@example.jp", "koho@example.jp; kikaku@example.jp"},
    {"a@example.co.jp/b@example.co.jp", "a@example.co.jp; b@example.co.jp"},
    {"office(at)example.org", "office@example.org"},
    {"office{at}example.org", "office@example.org"},
    {"office[at]example[dot]org", "office@example.org"},
    {"office (at) example (dot) org", "office@example.org"},
    {"office at example dot org, email", ""},
    {"Email: office at example dot org", "office@example.org"},
    {"1234+abc at example.net", "1234+abc@example.net"},
    {"koho☆city.example.jp（☆を@に）", "koho@city.example.jp"},
    {"koho■example.jp", "koho@example.jp"},
    {"koho（アットマーク）example.jp", "koho@example.jp"},
    {"koho アットマーク example.jp", "koho@example.jp"},
    {"Email: http://example.org or a@example.org", "a@example.org"},
};

constexpr Case kNone[] = {
    {"office@example", ""},
    {"office@example.nosuchdomain", ""},
    {"@mayor and @example.org", ""},
    {"a@http://example.org", ""},
    {"mailto:office", ""},
    {"x@ x dot ", ""},
    {"fitness at 6.40", ""},
    {"Meet us at example.org tomorrow", ""},
    {"look at node.js and visit.me at example.org", ""},
    {"a..b@", ""},
    {"http://example.org/@user", ""},
    {"5 @ 100 yen", ""},
    {"tel@03-3581-0101", ""},
    {"(at) the (dot)", ""},
    {"★★★ example.jp ☆☆", ""},
    {"人口☆5万人", ""},
    {"a@.org", ""},
    {"a@-example.org", ""},
    {"price(a)3.50", ""},
    {"@", ""},
    {"office＠", ""},
};

template <std::size_t N>
void check(const Case (&cases)[N]) {
  for (const Case& c : cases) EXPECT_EQ(emails_in(c.text), c.expected) << c.text;
}

TEST(Email, Found) { check(kFound); }
TEST(Email, None) { check(kNone); }

TEST(Email, SpanIsTheMailbox) {
  const auto printed = [](const Contacts& contacts, const Reading& reading) {
    return contacts.printed(reading);
  };
  const auto spans = [&](const char* text) {
    return testing_contacts::contacts_in(text, "", MentionKind::email, printed);
  };
  EXPECT_EQ(spans("(koho (at) example.org)"), "koho (at) example.org");
  EXPECT_EQ(spans("メール：koho＠example.jp。"), "koho＠example.jp");
}

}  // namespace
}  // namespace yoran
