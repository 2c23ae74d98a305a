#include "read/html_tokenizer.h"

#include <gtest/gtest.h>

#include <chrono>

#include "read/html_entities.h"

namespace yoran {
namespace {

// Tokens as "text", "<name a=b/>", "</name>", "<!comment>", "<!D>"; a reference in "&(...)"; "!" behind what
// the input ends in.
std::string tokens_of(std::string_view html) {
  HtmlTokenizer tokenizer(html);
  std::string shown;
  std::uint32_t end = 0;
  for (;;) {
    const HtmlToken& token = tokenizer.next();
    EXPECT_GE(token.start, end) << html;
    EXPECT_GE(token.end, token.start) << html;
    EXPECT_LE(token.end, html.size()) << html;
    end = token.end;
    switch (token.kind) {
      case HtmlTokenKind::text:
        if (!token.reference) {
          EXPECT_TRUE(token.text.empty() || token.text == html.substr(token.start, token.end - token.start));
        }
        shown += token.reference ? "&(" + std::string(token.text) + ")" : std::string(token.text);
        break;
      case HtmlTokenKind::start_tag:
        shown += "<" + std::string(token.name);
        for (const HtmlAttribute& attribute : token.attributes)
          shown += " " + std::string(attribute.name) + "=" + std::string(attribute.value);
        shown += token.self_closing ? "/>" : ">";
        break;
      case HtmlTokenKind::end_tag:
        shown += "</" + std::string(token.name) + ">";
        break;
      case HtmlTokenKind::comment:
        shown += "<!" + std::string(token.text) + ">";
        break;
      case HtmlTokenKind::doctype:
        shown += "<!D>";
        break;
      case HtmlTokenKind::end:
        return shown + (token.unclosed ? "!" : "");
    }
    if (token.unclosed) shown += "!";
  }
}

struct Case {
  const char* name;
  const char* html;
  const char* tokens;
};
class HtmlTokens : public testing::TestWithParam<Case> {};
TEST_P(HtmlTokens, Are) { EXPECT_EQ(tokens_of(GetParam().html), GetParam().tokens); }

constexpr Case kCases[] = {
    {"Empty", "", ""},
    {"Text", "a b", "a b"},
    {"Tag", "<P>a</p >", "<p>a</p>"},
    {"Attributes", "<a HREF = \"x>y\" b='c' d=e f/>", "<a HREF=x>y b=c d=e f=/>"},
    {"AttributeOdd", "<a =b c=\"d\"e>", "<a =b= c=d e=>"},
    {"AttributeMissing", "<a b= >x", "<a b=>x"},
    {"SlashInValue", "<a b=c/>", "<a b=c/>"},
    {"LoneLess", "a < b <3 <", "a < b <3 <"},
    {"LessRun", "<<<b>", "<<<b>"},
    {"EmptyEndTag", "a</>b", "ab"},
    {"EndTagOdd", "a</ b>c", "a<! b>c"},
    {"EndTagCut", "a</", "a</"},
    {"Doctype", "<!doctype html>x", "<!D>x"},
    {"Comment", "<!-- a --><b>", "<! a ><b>"},
    {"CommentEmpty", "<!--><!---><!---->x", "<!><!><!>x"},
    {"CommentBang", "<!--a--!>x", "<!a>x"},
    {"CommentWithTags", "<!-- <td>1</td> -- > -->x", "<! <td>1</td> -- > >x"},
    {"CommentOpen", "a<!--b", "a<!b>!"},
    {"Bogus", "<!x><?php y ?>z", "<!x><!?php y ?>z"},
    {"Cdata", "<![CDATA[a]]>b", "<![CDATA[a]]>b"},
    {"Template", "{{a}} &{b}", "{{a}} &{b}"},
    {"TagOpen", "a<b c=\"d", "a!"},
    {"QuoteOpen", "<a b=\"c>d<e>", "!"},
    {"Script", "<script>a<b>'</scr'</script>c", "<script>a<b>'</scr'</script>c"},
    {"ScriptEscaped", "<script><!--<script></script>--></script>x",
     "<script><!--<script></script>--></script>x"},
    {"ScriptOpen", "<script>a<b", "<script>a<b!"},
    {"Title", "<title>a<b>&amp;</TITLE >c", "<title>a<b>&(&)</title>c"},
    {"Textarea", "<textarea><p></textarea>", "<textarea><p></textarea>"},
    {"Style", "<style>a&amp;b</style>", "<style>a&amp;b</style>"},
    {"Noscript", "<noscript><p>a</noscript>", "<noscript><p>a</noscript>"},
    {"Plaintext", "<plaintext>a</plaintext>&amp;", "<plaintext>a</plaintext>&amp;"},
    {"Named", "a&amp;b&lt;&hellip;", "a&(&)b&(<)&(…)"},
    {"NamedTwo", "&NotEqualTilde;", "&(≂̸)"},
    {"NamedNoSemicolon", "&copy2 &notit; &ampx", "&(©)2 &(¬)it; &(&)x"},
    {"NamedUnknown", "&nosuch; & &; &1;", "&nosuch; & &; &1;"},
    {"NamedCut", "&am", "&am"},
    {"NamedLongest", "&notin;&not;", "&(∉)&(¬)"},
    {"Decimal", "&#13218;&#65;&#65x", "&(㎢)&(A)&(A)x"},
    {"Hexadecimal", "&#x33A2;&#X41;", "&(㎢)&(A)"},
    {"NumberRemapped", "&#150;&#128;", "&(–)&(€)"},
    {"NumberBad", "&#0;&#xD800;&#1114112;&#99999999999;", "&(\uFFFD)&(\uFFFD)&(\uFFFD)&(\uFFFD)"},
    {"NumberNone", "&#;&#x;&#xg", "&#;&#x;&#xg"},
};
INSTANTIATE_TEST_SUITE_P(Unit, HtmlTokens, testing::ValuesIn(kCases),
                         [](const auto& test) { return test.param.name; });

TEST(HtmlAttributes, Decoded) {
  HtmlTokenizer tokenizer("<a HREF='?a=1&copy=2&amp;b&lt' href=x>");
  std::string value;
  const HtmlToken& token = tokenizer.next();
  ASSERT_TRUE(token.attribute("href", value));
  EXPECT_EQ(value, "?a=1&copy=2&b<");
  EXPECT_FALSE(token.attribute("id", value));
}

TEST(HtmlEntities, SortedAndWhole) {
  const auto entities = html_entities();
  EXPECT_EQ(entities.size(), 2231U);
  for (std::size_t i = 0; i < entities.size(); ++i) {
    EXPECT_TRUE(i == 0 || entities[i - 1].name < entities[i].name) << i;
    EXPECT_LE(entities[i].name.size(), kMaxEntityName);
    const std::string html = "&" + std::string(entities[i].name);
    EXPECT_EQ(read_reference(html, 0, false).size, html.size());
    EXPECT_EQ(read_reference(html, 0, false).first, entities[i].first);
  }
}

// Each of these was quadratic somewhere once.
TEST(HtmlTokenizer, IsLinear) {
  for (const char* const piece : {"<", "&", "&a", "<a", "<!--", "<!-- -", "<a b=\"", "</>", "<![CDATA[]]>",
                                  "<script><!--", "<title></titl", "&#1", "a b ", "</", "<?"}) {
    std::string html = "<a ";
    while (html.size() < 2000000) html += piece;
    for (const bool in_tag : {false, true}) {
      const auto start = std::chrono::steady_clock::now();
      tokens_of(std::string_view(html).substr(in_tag ? 0 : 3));
      EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << piece;
    }
  }
}

}  // namespace
}  // namespace yoran
