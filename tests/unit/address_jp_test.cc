// Japanese addresses, in Japanese and in Latin script, read by the whole pipeline with the default rules. A
// case is a text and its addresses: the components with a value, joined by " / ", in the order of `printed`
// below;
// "~" before a component that is not printed but follows, "?2" for two places the name may mean; several
// addresses joined by "; ".
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "pipeline.h"

namespace yoran {
namespace {

struct Case {
  const char* text;
  const char* addresses;
};

void PrintTo(const Case& test, std::ostream* out) { *out << test.text; }

const RulePack& rules() {
  static const LoadedRules loaded = load_rules(default_rule_files());
  for (const RuleError& error : loaded.errors) ADD_FAILURE() << error.to_string();
  return *loaded.pack;
}

std::string printed(const MentionClaim& claim) {
  const auto& address = *address_in(claim.value);
  std::string result;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    if (!result.empty()) result += " / ";
    const auto& assumed = address.assumed;
    if (std::find(assumed.begin(), assumed.end(), name) != assumed.end()) result += '~';
    result += value;
  };
  add("postal_code", address.postal_code);
  add("prefecture", address.prefecture);
  add("city_and_county", address.city_and_county);
  add("street_address", address.street_address);
  add("city_block", address.city_block);
  add("building_name_etc", address.building_name_etc);
  add("po_box", address.po_box);
  add("care_of", address.care_of);
  add("organization", address.organization);
  add("local_government_code", address.local_government_code);
  if (!claim.alternatives.empty()) result += " ?" + std::to_string(claim.alternatives.size());
  return result;
}

std::string addresses_in(std::string_view text) {
  ExtractOptions options;
  options.mentions = true;
  const Extraction extraction = extract(text, options, rules());
  std::string result;
  for (const MentionClaim& claim : extraction.mentions) {
    if (address_in(claim.value) == nullptr) continue;
    if (!result.empty()) result += "; ";
    result += printed(claim);
  }
  return result;
}

class JapaneseAddress : public testing::TestWithParam<Case> {};

TEST_P(JapaneseAddress, IsSplit) { EXPECT_EQ(addresses_in(GetParam().text), GetParam().addresses); }

constexpr Case kForms[] = {
    {"〒060-8588　北海道札幌市中央区北３条西６丁目",
     "0608588 / 北海道 / 札幌市中央区 / 北3条西6丁目 / 011011"},
    {"〒 105 - 0011 東京都港区芝公園 4丁目 2番 8号",
     "1050011 / 東京都 / 港区 / 芝公園 4丁目 / 2番 8号 / 131032"},
    {"〒九二〇―八五八〇\n石川県金沢市鞍月一丁目一番地",
     "9208580 / 石川県 / 金沢市 / 鞍月一丁目 / 一番地 / 172014"},
    {"名古屋市中区三の丸三丁目1番2号（〒460-8501）",
     "4608501 / ~愛知県 / 名古屋市中区 / 三の丸三丁目 / 1番2号 / 231061"},
    {"新潟市西区五十嵐2の町8050番地", "~新潟県 / 新潟市西区 / 五十嵐2の町 / 8050番地 / 151076"},
    {"〒035-8686 青森県むつ市金谷1-1-1 中央ビル3F / Chuo Bldg. 3F, Kanaya, Mutsu City",
     "0358686 / 青森県 / むつ市 / 金谷 / 1-1-1 / 中央ビル3F / 022080"},
    {"〒651-0083 神戸市中央区浜辺通5-1-14 貿易センタービル2F TEL 078-291-8441",
     "6510083 / ~兵庫県 / 神戸市中央区 / 浜辺通 / 5-1-14 / 貿易センタービル2F / 281107"},
    {"東京都八丈島八丈町大賀郷2551-2", "東京都 / 八丈島八丈町 / 大賀郷 / 2551-2 / 134015"},
    {"熊本県熊本市中央区水前寺6−18−1", "熊本県 / 熊本市中央区 / 水前寺 / 6-18-1 / 431010"},
    {"熊本県熊本市中央区水前寺6‑18‑1", "熊本県 / 熊本市中央区 / 水前寺 / 6-18-1 / 431010"},
    {"愛知県豊橋市今橋町1番地の3号", "愛知県 / 豊橋市 / 今橋町 / 1番地の3号 / 232017"},
    {"北海道帯広市東3条南3丁目1番地", "北海道 / 帯広市 / 東3条南3丁目 / 1番地 / 012076"},
    {"東京都青ヶ島村無番地", "東京都 / 青ヶ島村 / 無番地 / 134023"},
    {"長野県長野市大字南長野字幅下692-2", "長野県 / 長野市 / 大字南長野字幅下 / 692-2 / 202011"},
    {"京都府京都市上京区下立売通新町西入薮ノ内町",
     "京都府 / 京都市上京区 / 下立売通新町西入薮ノ内町 / 261025"},
    {"京都市中京区烏丸通御池上る二条殿町546-2",
     "~京都府 / 京都市中京区 / 烏丸通御池上る二条殿町 / 546-2 / 261041"},
    {"三重県四日市市新正4-21-5", "三重県 / 四日市市 / 新正 / 4-21-5 / 242021"},
    // Over line ends and cells.
    {"千葉県\n市川市南八幡5-11-22", "千葉県 / 市川市 / 南八幡 / 5-11-22 / 122033"},
    {"・川口市\n　川口市青木2-1-1\n・越谷市\n　越谷市越ヶ谷4-2-1",
     "~埼玉県 / 川口市 / 青木 / 2-1-1 / 112038; ~埼玉県 / 越谷市 / 越ヶ谷 / 4-2-1 / 112224"},
    {"青森県弘前市大字蔵主町4\n弘前市役所分庁舎2F",
     "青森県 / 弘前市 / 大字蔵主町 / 4 / 弘前市役所分庁舎2F / 022021"},
    {"<table><tr><th>〒</th><td>231-8588</td></tr><tr><th>所在地</th><td>横浜市中区日本大通1</td></tr></"
     "table>",
     "2318588 / ~神奈川県 / 横浜市中区 / 日本大通 / 1 / 141046"},
    {"<table><tr><th>所在地</th><td>横浜市中区日本大通1</td></tr><tr><th>郵便番号</th><td>231-8588</td></"
     "tr></table>",
     "2318588 / ~神奈川県 / 横浜市中区 / 日本大通 / 1 / 141046"},
    {"横浜市中区日本大通1\n〒210-8577\n川崎市川崎区宮本町1",
     "~神奈川県 / 横浜市中区 / 日本大通 / 1 / 141046; 2108577 / ~神奈川県 / 川崎市川崎区 / 宮本町 / 1 / "
     "141313"},
    // At whose place.
    {"石川県金沢市鞍月1丁目1番地 石川県庁内 緑の協会気付",
     "石川県 / 金沢市 / 鞍月1丁目 / 1番地 / 石川県庁内 緑の協会気付 / 172014"},
    {"〒100-8111\n東京都千代田区千代田1-1\n宮内庁内　菊の会",
     "1008111 / 東京都 / 千代田区 / 千代田 / 1-1 / 宮内庁内 / 菊の会 / 131016"},
    {"茨城県つくば市研究学園一丁目１番地１（つくば市役所本庁舎2階）",
     "茨城県 / つくば市 / 研究学園一丁目 / 1番地1 / つくば市役所本庁舎2階 / 082201"},
    // Characters of names.
    {"龍ヶ崎市3710番地", "~茨城県 / 龍ヶ崎市 / 3710番地 / 082082"},
    {"茨城県竜ケ崎市3710番地", "茨城県 / 竜ケ崎市 / 3710番地 / 082082"},
    {"奈良県葛\U000E0100城市柿本166番地", "奈良県 / 葛城市 / 柿本 / 166番地 / 292117"},
    {"千葉県鎌ヶ谷市新鎌ヶ谷2-6-1", "千葉県 / 鎌ヶ谷市 / 新鎌ヶ谷 / 2-6-1 / 122246"},
    // Merged away.
    {"岩手県水沢市大手町1-1", "岩手県 / 水沢市 / 大手町 / 1-1 / 032158"},
    {"東京都千代田区霞が関２－１－２ 中央合同庁舎第２号館",
     "東京都 / 千代田区 / 霞が関 / 2-1-2 / 中央合同庁舎第2号館 / 131016"},
};
INSTANTIATE_TEST_SUITE_P(Forms, JapaneseAddress, testing::ValuesIn(kForms));

// Places of one name: by postal code, telephone, heading, full name elsewhere; or left open.
constexpr Case kRepeated[] = {
    {"〒183-8703 府中市宮西町2-24", "1838703 / ~東京都 / 府中市 / 宮西町 / 2-24 / 132063"},
    {"府中市宮西町2-24\n電話 042-364-4111", "~東京都 / 府中市 / 宮西町 / 2-24 / 132063"},
    {"府中市府川町315番地\nTEL 0847-43-7111", "~広島県 / 府中市 / 府川町 / 315番地 / 342084"},
    {"<h2>福島県の市役所</h2><p>伊達市保原町字舟橋180</p>", "~福島県 / 伊達市 / 保原町字舟橋 / 180 / 072133"},
    {"北海道伊達市の概要\n所在地：伊達市鹿島町20番地1", "~北海道 / 伊達市 / 鹿島町 / 20番地1 / 012335"},
    {"伊達市鹿島町20番地1\n電話 0120-000-000", "伊達市 / 鹿島町 / 20番地1 ?2"},
    {"札幌市の区役所\n中央区南3条西11丁目1-1", "~北海道 / 中央区 / 南3条西11丁目 / 1-1 / 011011"},
    {"所在地：府中市元町1番地", "府中市 / 元町 / 1番地 ?2"},
    {"東京都府中市と広島県府中市\n府中市元町1番地", "府中市 / 元町 / 1番地 ?2"},
};
INSTANTIATE_TEST_SUITE_P(Repeated, JapaneseAddress, testing::ValuesIn(kRepeated));

// A place in a sentence: an address only where the words say that something lies there.
constexpr Case kSentences[] = {
    {"県庁は石川県金沢市鞍月1丁目1番地にある。", "石川県 / 金沢市 / 鞍月1丁目 / 1番地 / 172014"},
    {"緑図書館は、石川県金沢市鞍月二丁目にある図書館。", "石川県 / 金沢市 / 鞍月二丁目 / 172014"},
    {"緑図書館は、石川県金沢市鞍月にある図書館。", "石川県 / 金沢市 / 鞍月 / 172014"},
    {"橋の所在地は石川県金沢市鞍月である。", "石川県 / 金沢市 / 鞍月 / 172014"},
    {"東京都千代田区霞が関に所在する官庁", "東京都 / 千代田区 / 霞が関 / 131016"},
    {"2019年に東京都渋谷区道玄坂2丁目のビルで開かれた。", "東京都 / 渋谷区 / 道玄坂2丁目 / 131130"},
    {"緑電機は、東京都千代田区に本社を置く会社。", "東京都 / 千代田区 / 131016"},
    {"本社の所在地は東京都千代田区である。", "東京都 / 千代田区 / 131016"},
    {"所在地：東京都千代田区", "東京都 / 千代田区 / 131016"},
    // None.
    {"石川県金沢市にある図書館。", ""},
    {"石川県金沢市の鞍月にある図書館。", ""},
    {"石川県金沢市中心部に位置する。", ""},
    {"石川県金沢市金沢駅にある店。", ""},
    {"石川県金沢市犀川の東に位置する。", ""},
    {"石川県金沢市鞍月で生まれた。", ""},
    {"石川県の県庁所在地は石川県金沢市である。", ""},
    {"石川県金沢市出身の作家。", ""},
    {"加盟都市：札幌市、仙台市、東京都世田谷区、大阪府吹田市", ""},
    {"札幌市中央区は2010年に22万人、北区は27万人だった。", ""},
    {"札幌市中央区\t20,000", ""},
    {"札幌市中央区 20,000", ""},
    {"札幌市中央区\t352", ""},
    {"兵庫県神戸市2位、大阪府堺市3位", ""},
    {"東京都新宿区2019年度予算", ""},
    {"長野県飯田市の人口は10万人。", ""},
    {"開催地：長野県飯田市", ""},
    {"愛知県豊田市から岐阜県恵那市まで", ""},
};
INSTANTIATE_TEST_SUITE_P(Sentences, JapaneseAddress, testing::ValuesIn(kSentences));

constexpr Case kLatin[] = {
    {"2-1-2 Kasumigaseki, Chiyoda-ku, Tokyo 100-8926, Japan",
     "1008926 / Tokyo / Chiyoda-ku / Kasumigaseki / 2-1-2 / 131016"},
    {"2-1-2, Kasumigaseki, Chiyoda-ku, Tokyo, 100-8926 JAPAN",
     "1008926 / Tokyo / Chiyoda-ku / Kasumigaseki / 2-1-2 / 131016"},
    {"3-8-1 Kasumigaseki Chiyoda-ku Tokyo 100-0013 Japan",
     "1000013 / Tokyo / Chiyoda-ku / Kasumigaseki / 3-8-1 / 131016"},
    {"12-3, Nakamachi 4-chome, Naka-ku,\nYokohama 231-0005, Japan",
     "2310005 / ~Kanagawa / Naka-ku, Yokohama / Nakamachi 4-chome / 12-3 / 141046"},
    {"3-1 Umeda, Kita-ku, Osaka 530-0001, Japan", "5300001 / ~Osaka / Kita-ku, Osaka / Umeda / 3-1 / 271276"},
    {"3-1 Umeda, Kita-ku, Ōsaka-shi, Ōsaka 530-0001",
     "5300001 / Ōsaka / Kita-ku, Ōsaka-shi / Umeda / 3-1 / 271276"},
    {"1-3 Nakanoshima, Kita-ku, Osaka City, Osaka Prefecture, 530-8201",
     "5308201 / Osaka Prefecture / Kita-ku, Osaka City / Nakanoshima / 1-3 / 271276"},
    {"2-8-1 Nishi-Shinjuku, Shinjuku-ku, Tokyo 163-8001, Japan",
     "1638001 / Tokyo / Shinjuku-ku / Nishi-Shinjuku / 2-8-1 / 131041"},
    {"Kita 3-jo Nishi 6-chome, Chuo-ku, Sapporo, Hokkaido 060-8588, Japan",
     "0608588 / Hokkaido / Chuo-ku, Sapporo / Kita 3-jo Nishi 6-chome / 011011"},
    {"〒060-8588 Kita 3-jo Nishi 6-chome, Chuo-ku, Sapporo-shi, Hokkaido",
     "0608588 / Hokkaido / Chuo-ku, Sapporo-shi / Kita 3-jo Nishi 6-chome / 011011"},
    {"469-45 Koseda, Yakushima-cho, Kumage-gun, Kagoshima 891-4292, Japan",
     "8914292 / Kagoshima / Yakushima-cho, Kumage-gun / Koseda / 469-45 / 465054"},
    {"1-1 ASAHI-MACHI, TOYAMA-SHI, TOYAMA 930-0094 JAPAN",
     "9300094 / TOYAMA / TOYAMA-SHI / ASAHI-MACHI / 1-1 / 162019"},
    {"〒100-8926 Tokyo-to Chiyoda-ku Kasumigaseki 2-1-2",
     "1008926 / Tokyo-to / Chiyoda-ku / Kasumigaseki / 2-1-2 / 131016"},
    {"Yamagata-ken, Tsuruoka-shi, Babacho 9-25", "Yamagata-ken / Tsuruoka-shi / Babacho / 9-25 / 062031"},
    {"The office is at 4-1 Komukai, Saiwai-ku, Kawasaki, Kanagawa 212-8582, Japan.",
     "2128582 / Kanagawa / Saiwai-ku, Kawasaki / Komukai / 4-1 / 141321"},
    {"Room 305, Port Bldg, 3-2-1 Minatojima, Chuo-ku, Kobe, Hyogo, 650-0045 Japan",
     "6500045 / Hyogo / Chuo-ku, Kobe / Minatojima / 3-2-1 / Room 305, Port Bldg / 281107"},
    {"Embassy of Ruritania\n5F, 2-7-3 Azabudai\nMinato-ku, Tokyo 106-0041",
     "1060041 / Tokyo / Minato-ku / Azabudai / 2-7-3 / 5F / 131032"},
    {"c/o Green Bureau, 1-5-1 Sakae, Naka-ku, Nagoya 460-0008, Japan",
     "4600008 / ~Aichi / Naka-ku, Nagoya / Sakae / 1-5-1 / Green Bureau / 231061"},
    {"Nagoya University, Nagoya, Japan, 464-8601", "4648601 / ~Aichi / Nagoya / Nagoya University / 231002"},
    {"She teaches at Nagoya University, Nagoya, Japan.", ""},
    {"P.O. Box 12, Chuo Post Office, Tokyo 104-8799, Japan",
     "1048799 / Tokyo / P.O. Box 12 / Chuo Post Office"},
    {"5-11-16 Roppongi, Tokyo 106-0032, Japan", "1060032 / Tokyo / Roppongi / 5-11-16"},
    {"Address1-1-1, Honmachi, Mutsu-shi, Aomori-ken 035-8686",
     "0358686 / Aomori-ken / Mutsu-shi / Honmachi / 1-1-1 / 022080"},
    {"1-2-3 Honmachi, Fuchu-shi", "Fuchu-shi / Honmachi / 1-2-3 ?2"},
    // None.
    {"He lives in Chiyoda-ku, Tokyo, and works in Osaka.", ""},
    {"Member cities: Kobe, Japan; Osaka, Japan; Nagoya, Aichi, Japan", ""},
    {"In 1995, Shibuya-ku, Tokyo had 200,000 people.", ""},
    {"On 2-3 March, Kobe, Japan hosted the fair.", ""},
    {"Score: Kawasaki 2-1 Urawa, Saitama, Japan", ""},
    {"League 2011-12 Champions, Kashiwa, Chiba", ""},
    {"See pages 12-14 Tokyo, Japan.", ""},
    {"Population 1,500,000 Kobe, Japan", ""},
};
INSTANTIATE_TEST_SUITE_P(Latin, JapaneseAddress, testing::ValuesIn(kLatin));

}  // namespace
}  // namespace yoran
