#include "interpret/phone.h"

#include <gtest/gtest.h>

#include "contact_text.h"

namespace yoran {
namespace {

using testing_contacts::Contacts;

// "fax +81335810101 x12": kind, number, extension; "voice ?213115": the digits of one that stays incomplete;
// "!" behind a number whose area code is assumed.
std::string say(const Contacts&, const Reading& reading) {
  constexpr const char* kKinds[] = {"voice", "fax", "mobile", "toll_free"};
  const auto& phone = std::get<Phone>(reading.value);
  std::string result = std::string(kKinds[static_cast<int>(phone.kind)]) + " ";
  result += phone.e164.empty() ? "?" + phone.stated : phone.e164;
  if (!phone.extension.empty()) result += " x" + phone.extension;
  if (phone.assumed_area_code) result += "!";
  return result;
}

std::string phones_in(const std::string& text, const std::string& region) {
  return testing_contacts::contacts_in(text, region, MentionKind::phone, say);
}

struct Case {
  const char* text;
  const char* region;
  const char* expected;
};

// Numbers of public offices and those kept free for fiction.
constexpr Case kJapanese[] = {
    {"電話　０３（３５８１）０１０１", "JP", "voice +81335810101"},
    {"電話：06‐6208－8181、ファクス：06―6202―6950", "JP", "voice +81662088181; fax +81662026950"},
    {"電話 052・961・1111", "JP", "voice +81529611111"},
    {"TEL：（０７８）３３１－８１８１（代）", "JP", "voice +81783318181"},
    {"TEL 078-(331)-8181", "JP", "voice +81783318181"},
    {"0138(21)3111(代)", "JP", "voice +81138213111"},
    {"TEL/FAX 011-211-2111", "JP", "voice +81112112111; fax +81112112111"},
    {"TEL・FAX共用　0162-33-1100", "JP", "voice +81162331100; fax +81162331100"},
    {"電話 0138-21-3111(代) 直通 21-3456", "JP", "voice +81138213111; voice +81138213456!"},
    {"直通 21-3456", "JP", "voice ?213456"},
    {"直通運転 21-3456", "JP", ""},
    {"FAX 0138-21-3111（直通）", "JP", "fax +81138213111"},
    {"電話 03-3581-4633・4634", "JP", "voice +81335814633; voice +81335814634"},
    {"電話 03-3581-4633/34/35", "JP", "voice +81335814633; voice +81335814634; voice +81335814635"},
    {"電話・FAX | 電話:0138-21-3111 FAX:0138-21-3112 |", "JP", "voice +81138213111; fax +81138213112"},
    {"電話 052/961/1111", "JP", "voice +81529611111"},
    {"Phone: +81 265 22 4511 / 4512", "", "voice +81265224511; voice +81265224512"},
    {"電話 22-4511（市外局番0265）", "JP", "voice +81265224511!"},
    {"市外局番は0265です。電話 22-4511", "JP", "voice +81265224511!"},
    {"市外局番 0265、市外局番 0260。電話 22-4511", "JP", "voice ?224511"},
    {"電話(FAX兼用) 0162-33-1100", "JP", "voice +81162331100; fax +81162331100"},
    {"0162-33-1100（FAX兼用）", "JP", "voice +81162331100; fax +81162331100"},
    {"Tel./Fax. 0162-33-1100 / 0162-33-1101", "JP", "voice +81162331100; fax +81162331101"},
    {"03-3581-0101（FAX）", "JP", "fax +81335810101"},
    {"03-3581-0101(代表)、03-3581-0102(FAX)", "JP", "voice +81335810101; fax +81335810102"},
    {"TEL:0138-21-3111　FAX:0138-21-3112", "JP", "voice +81138213111; fax +81138213112"},
    {"TEL 0138-21-3111 / FAX 0138-21-3112", "JP", "voice +81138213111; fax +81138213112"},
    {"FAX：総務課 0138-21-3119", "JP", "fax +81138213119"},
    {"札幌第2ビル8FTEL:011-211-2111", "JP", "voice +81112112111"},
    {"代表電話 0138-21-3111(内線 2345)", "JP", "voice +81138213111 x2345"},
    {"ＴＥＬ　０３（３５８１）０１０１（代表）　内線６１１１", "JP", "voice +81335810101 x6111"},
    {"電話 03-3581-0101、内線111", "JP", "voice +81335810101 x111"},
    {"電話 0138-21-3111 FAX 21-3112", "JP", "voice +81138213111; fax +81138213112!"},
    {"電話 0138-21-3111\n直通 21-3115\n電話 21-3116", "JP",
     "voice +81138213111; voice +81138213115!; voice +81138213116!"},
    {"電話 21-3115", "JP", "voice ?213115"},
    {"TEL 0123-45-4633/34", "JP", "voice +81123454633; voice +81123454634"},
    {"TEL (03)3581-0101/02", "JP", "voice +81335810101; voice +81335810102"},
    {"電話:03(3581)0101/0102", "JP", "voice +81335810101; voice +81335810102"},
    {"電話 0138-21-3111~3", "JP", "voice +81138213111"},
    {"TEL:0138-21-3111,0138-21-3112", "JP", "voice +81138213111; voice +81138213112"},
    {"電話番号：0138-21-3111　0138-21-3112", "JP", "voice +81138213111; voice +81138213112"},
    {"FAX 0138-21-3111、0138-21-3112", "JP", "fax +81138213111; fax +81138213112"},
    {"℡0120-123-456", "JP", "toll_free +81120123456"},
    {"フリーダイヤル ０１２０（１２３）４５６", "JP", "toll_free +81120123456"},
    {"0800-123-4567", "JP", "toll_free +818001234567"},
    {"ナビダイヤル 0570-064-004", "JP", "voice +81570064004"},
    {"携帯 090-1234-5678", "JP", "mobile +819012345678"},
    {"電話番号は〇三―三五八一―〇一〇一です", "JP", "voice +81335810101"},
    {"電話番号は(+31)70-310-2209です", "", "voice +31703102209"},
    {"午前9時から TEL0138-21-3111(9:00-17:00)", "JP", "voice +81138213111"},
    {"電話番号\n0138-21-3111", "JP", "voice +81138213111"},
    {"FAX\n21-3112\n電話\n0138-21-3111", "JP", "fax +81138213112!; voice +81138213111"},
    {"電話\t0138-21-3111\nFAX\t0138-21-3112", "JP", "voice +81138213111; fax +81138213112"},
    {"名称\t電話\tFAX\n役場\t0138-21-3111\t0138-21-3112\n支所\t0138-21-3113\t0138-21-3114", "JP",
     "voice +81138213111; fax +81138213112; voice +81138213113; fax +81138213114"},
    {"0335810101", "JP", "voice +81335810101"},
    {"TEL 0335810101", "JP", "voice +81335810101"},
    {"〒100-0014 03-3581-0101", "JP", "voice +81335810101"},
};

constexpr Case kInternational[] = {
    {"Tel: +81-(0)3-3581-0101", "", "voice +81335810101"},
    {"+49-228/97 62 99-00", "", "voice +4922897629900"},
    {"[43] (1) 31339-0", "", "voice +431313390"},
    {"(81-3) 3581-0101", "", "voice +81335810101"},
    {"[1] (202) 555-0143", "", "voice +12025550143"},
    {"FAX: [1] (202) 555-0143", "", "fax +12025550143"},
    {"(+44) 20 7946 0018", "", "voice +442079460018"},
    {"+44(0)113 496 0009", "", "voice +441134960009"},
    {"Phone (011) [44]-20-7946-0018", "", "voice +442079460018"},
    {"Tel: 0044 20 7946 0018", "", "voice +442079460018"},
    {"Tel: 81-3-3581-0101", "", "voice +81335810101"},
    {"1-202-555-0143", "", "voice +12025550143"},
    {"Call us at (202) 555-0143 ext. 12.", "US", "voice +12025550143 x12"},
    {"202-555-0143x068", "US", "voice +12025550143 x068"},
    {"202.555.0143", "US", "voice +12025550143"},
    {"$20 202-555-0143", "US", "voice +12025550143"},
    {"020 7946 0018", "GB", "voice +442079460018"},
    {"Tel. 01 99 00 12 34", "FR", "voice +33199001234"},
    {"Phone: (02) 5550 1234", "AU", "voice +61255501234"},
    {"My phone number is 202-555-0143.", "", "voice ?2025550143"},
    {"(202) 555-0143", "", "voice ?2025550143"},
    {"Tel: +1 202 555 0143\nFax: 202 555 0144", "", "voice +12025550143; fax +12025550144"},
    {"Tel.: +81-3-3581-0101   Fax: +81-3-3581-0102", "", "voice +81335810101; fax +81335810102"},
    {"Tel: +33 1 99 00 12 34\nEmbassy\nCanberra\nTel: (02) 5550 1234", "",
     "voice +33199001234; voice ?0255501234"},
    {"Phone & Fax: +1 202 555 0143", "", "voice +12025550143; fax +12025550143"},
    {"Tel: [592] 225-4900 through 4909", "", "voice +5922254900"},
    {"OFFICE-(202)555-0143", "US", "voice +12025550143"},
};

constexpr Case kNone[] = {
    {"2019-2020 2019/20 2020-01-01 2020/1/1 12/31/2020 31.12.2020", "JP", ""},
    {"2012-01-02 08:00 20120102 08:00", "US", ""},
    {"〒105-0011 123-4567", "JP", ""},
    {"12-34 1-2-3 5-6-7-8 図1-2-3", "JP", ""},
    {"会員番号 03-3581-0101", "JP", ""},
    {"登録番号 0138-21-3111", "JP", ""},
    {"口座番号 0123456 普通 1234567", "JP", ""},
    {"ISBN 978-4-00-000000-0 ISBN4-00-000000-2", "JP", ""},
    {"人口 13,960,000人 1,234-5,678", "JP", ""},
    {"1 2 3 4 5 6 7 8 9 10 11 12 13", "JP", ""},
    {"総数 0120 123 456 789", "JP", ""},
    {"0.1234 35.6895-139.6917 3.14159265358979", "JP", ""},
    {"緯度 35-41-22 経度 139-41-30", "JP", ""},
    {"警察は110番、消防は119番へ", "JP", ""},
    {"料金 03,500円 5,000-6,000円 ¥1,200-1,500", "JP", ""},
    {"9:00-17:00 午前9時30分-17時", "JP", ""},
    {"8桁の数字 12345678", "JP", ""},
    {"内線 12345", "JP", ""},
    {"令和02-03-04 0123-4567-8901-2345", "JP", ""},
    {"No.0335810101 No. 03-3581-0101", "JP", ""},
    {"192.168.100.101 10.20.30.40", "JP", ""},
    {"$202-555-0143 £202-555-0143 ¥202-555-0143", "US", ""},
    {"abc202-555-0143def abc202-555-0143", "US", ""},
    {"91a-555-0143 and a91-555-0143", "US", ""},
    {"account 12345678, account #12345678", "", ""},
    {"My card number is 12345678", "", ""},
    {"card 6011-0000-0000-0004", "", ""},
    {"011-12-3456 is no number to call", "", ""},
    {"(081)  342-86221d", "", ""},
    {"(456 (4)) 345", "", ""},
    {"3333*2=6666", "", ""},
    {"+1,032.923", "", ""},
    {"200.38294427", "", ""},
    {"version 10.12.2020.1 v1.2.3-4", "US", ""},
    {"s666666666 666666666s", "US", ""},
    {"http://example.org/0335810101/03-3581-0101", "JP", ""},
    {"0335810101@example.jp", "JP", ""},
    {"area 120 340 km2, 1 200 300 km", "US", ""},
    {"P.O. Box 12345678", "US", ""},
    {"234567890112", "US", ""},
    {"16-04-2010 10/12/82 3/10/1984", "DE", ""},
    {"1981-1985 2001-02", "JP", ""},
    {"Tel:\t\nFax:\t", "JP", ""},
    {"海抜 0333-0334 メートル", "JP", ""},
};

template <std::size_t N>
void check(const Case (&cases)[N]) {
  for (const Case& c : cases) EXPECT_EQ(phones_in(c.text, c.region), c.expected) << c.text;
}

TEST(Phone, Japanese) { check(kJapanese); }
TEST(Phone, International) { check(kInternational); }
TEST(Phone, None) { check(kNone); }

TEST(Phone, SpanCoversNumberAndExtension) {
  const auto printed = [](const Contacts& contacts, const Reading& reading) {
    return contacts.printed(reading);
  };
  const auto spans = [&](const char* text) {
    return testing_contacts::contacts_in(text, "JP", MentionKind::phone, printed);
  };
  EXPECT_EQ(spans("TEL：（０７８）３３１－８１８１（代）"), "（０７８）３３１－８１８１");
  EXPECT_EQ(spans("(電話 03-3581-0101)"), "03-3581-0101");
  EXPECT_EQ(spans("（03-3581-0101）"), "03-3581-0101");
  EXPECT_EQ(spans("03-3581-0101（内線 12）まで"), "03-3581-0101（内線 12）");
  EXPECT_EQ(spans("TEL 0123-45-4633/34"), "0123-45-4633; 34");
  EXPECT_EQ(spans("電話 0138-21-3111～3番"), "0138-21-3111～3");
}

TEST(Phone, CountryComesFromTheAddressNearBy) {
  Contacts contacts;
  testing_contacts::read_contacts("Tel: (02) 5550 1234", "", contacts);
  ASSERT_EQ(contacts.readings.size(), 1U);
  EXPECT_TRUE(std::get<Phone>(contacts.readings[0].value).e164.empty());
  Reading address;
  address.kind = MentionKind::address;
  Address australia;
  australia.country = "AU";
  address.value = australia;
  contacts.readings.insert(contacts.readings.begin(), address);
  InterpretContext context{contacts.document, contacts.text,
                           contacts.segments, testing_contacts::default_rules(),
                           std::nullopt,      "",
                           DocumentHabits{},  &contacts.diagnostics};
  complete_phones(contacts.readings, context);
  EXPECT_EQ(std::get<Phone>(contacts.readings[1].value).e164, "+61255501234");
  EXPECT_TRUE(std::get<Phone>(contacts.readings[1].value).assumed_region);
}

TEST(Phone, AddressWinsOverTheLanguageOfTheDocument) {
  Contacts contacts;
  testing_contacts::read_contacts("ロンドン事務所 電話 028 9018 0123", "", contacts);
  ASSERT_EQ(contacts.readings.size(), 1U);
  Reading address;
  address.kind = MentionKind::address;
  Address britain;
  britain.country = "GB";
  address.value = britain;
  contacts.readings.insert(contacts.readings.begin(), address);
  InterpretContext context{contacts.document, contacts.text,
                           contacts.segments, testing_contacts::default_rules(),
                           std::nullopt,      "",
                           DocumentHabits{},  &contacts.diagnostics};
  complete_phones(contacts.readings, context);
  EXPECT_EQ(std::get<Phone>(contacts.readings[1].value).e164, "+442890180123");
}

TEST(Phone, IncompleteIsReported) {
  Contacts contacts;
  testing_contacts::read_contacts("電話 21-3115", "JP", contacts);
  ASSERT_EQ(contacts.diagnostics.size(), 1U);
  EXPECT_EQ(contacts.diagnostics[0].code, "phone.incomplete");
  EXPECT_EQ(contacts.diagnostics[0].severity, Severity::info);
  EXPECT_EQ(contacts.diagnostics[0].at, (SourceSpan{7, 14}));
}

}  // namespace
}  // namespace yoran
