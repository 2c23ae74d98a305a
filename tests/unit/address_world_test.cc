// Addresses outside Japan: a table by country, one by layout, and texts that hold none. A case is a text and
// what is found in it, an address a line, empty parts at the end left out:
//   country[?]|postal code|locality|region|street|building|box|organisation|label
// "?" marks a country that is not printed. The addresses are those of public offices.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <variant>

#include "interpret/interpret.h"
#include "normalize.h"
#include "read/read.h"
#include "recognize.h"
#include "rulepack/rulepack.h"
#include "segment.h"

namespace yoran {
namespace {

const RulePack& rules() {
  static const LoadedRules loaded = load_rules(default_rule_files());
  return *loaded.pack;
}

std::string line_of(const Address& address) {
  const bool assumed =
      std::find(address.assumed.begin(), address.assumed.end(), "country") != address.assumed.end();
  const std::array<std::string, 9> parts = {address.country + (assumed ? "?" : ""),
                                            address.postal_code,
                                            address.locality,
                                            address.region,
                                            address.street_address,
                                            address.building_name_etc,
                                            address.po_box,
                                            address.organization,
                                            address.label};
  std::string line;
  for (const std::string& part : parts) line += (line.empty() ? "" : "|") + part;
  while (line.ends_with('|')) line.pop_back();
  return line;
}

std::string addresses_in(std::string_view bytes) {
  const ReadResult input = read(bytes, {});
  Text text = normalize(*input.document, rules().folds);
  const Segments segments = segment(*input.document, text, rules().layout);
  const Mentions mentions = recognize(text, segments, rules());
  Diagnostics diagnostics;
  InterpretContext context{*input.document, text, segments, rules(), std::nullopt, "", {}, &diagnostics};
  std::string found;
  for (const Reading& reading : interpret(mentions, context)) {
    const auto* address = address_in(reading.value);
    if (address != nullptr) found += (found.empty() ? "" : "\n") + line_of(*address);
  }
  return found;
}

struct Case {
  const char* text;
  const char* expected;
};

constexpr Case kCountries[] = {
    // Germany
    {"Bundesministerium des Innern\nAlt-Moabit 140\n10557 Berlin\nGermany",
     "DE|10557|Berlin||Alt-Moabit 140|||Bundesministerium des Innern"},
    {"Address: Marienplatz 8, 80331 München, Deutschland", "DE|80331|München||Marienplatz 8"},
    {"Rathaus\nRathausmarkt 1\nD-20095 Hamburg\nTel.: +49 40 428 28-0",
     "DE?|20095|Hamburg||Rathausmarkt 1|Rathaus"},
    // Austria
    {"Bundeskanzleramt\nBallhausplatz 2\n1010 Wien\nÖsterreich",
     "AT|1010|Wien||Ballhausplatz 2|||Bundeskanzleramt"},
    {"Mirabellplatz 4, A-5020 Salzburg, Austria", "AT|5020|Salzburg||Mirabellplatz 4"},
    // Switzerland
    {"Erlacherhof\nJunkerngasse 47\nPostfach\n3000 Bern 8\nSwitzerland",
     "CH|3000|Bern 8||Junkerngasse 47||Postfach|Erlacherhof"},
    {"World Health Organization, Avenue Appia 20, 1211 Geneva 27, Switzerland",
     "CH|1211|Geneva 27||Avenue Appia 20|||World Health Organization"},
    // Belgium
    {"Rue de la Loi 16\n1000 Bruxelles\nBelgique", "BE|1000|Bruxelles||Rue de la Loi 16"},
    {"Grote Markt 1, B-2000 Antwerpen, Belgium", "BE|2000|Antwerpen||Grote Markt 1"},
    // Netherlands
    {"Gemeente Utrecht\nStadsplateau 1\n3521 AZ Utrecht\nThe Netherlands",
     "NL|3521 AZ|Utrecht||Stadsplateau 1|||Gemeente Utrecht"},
    {"Amstel 1, 1011 PN Amsterdam, Netherlands", "NL|1011 PN|Amsterdam||Amstel 1"},
    {"Postbus 16200\n3500 CE Utrecht\nNederland", "NL|3500 CE|Utrecht||||Postbus 16200"},
    // France
    {"Ministère de la Culture\n182, rue Saint-Honoré\n75001 Paris\nFrance",
     "FR|75001|Paris||182, rue Saint-Honoré|||Ministère de la Culture"},
    {"1, place de la Comédie, 69001 Lyon, France", "FR|69001|Lyon||1, place de la Comédie"},
    // Spain
    {"Plaza de San Jaime 1\n08002 Barcelona\nEspaña", "ES|08002|Barcelona||Plaza de San Jaime 1"},
    {"Calle de Alcalá 9, 28014 Madrid, Spain", "ES|28014|Madrid||Calle de Alcalá 9"},
    // Italy
    {"Palazzo Vecchio\nPiazza della Signoria 1\n50122 Firenze FI\nItalia",
     "IT|50122|Firenze|FI|Piazza della Signoria 1|Palazzo Vecchio"},
    {"Via Barberini 11, 00187 Roma, Italy", "IT|00187|Roma||Via Barberini 11"},
    // Portugal
    {"Praça do Município\n1149-014 Lisboa\nPortugal", "PT|1149-014|Lisboa||Praça do Município"},
    {"Praça General Humberto Delgado, 4049-001 Porto, Portugal",
     "PT|4049-001|Porto||Praça General Humberto Delgado"},
    // United Kingdom
    {"City Hall\nKamal Chunchie Way\nLondon E16 1ZE\nUnited Kingdom",
     "GB|E16 1ZE|London||Kamal Chunchie Way|||City Hall"},
    {"Albert Square, Manchester, M60 2LA, UK", "GB|M60 2LA|Manchester||Albert Square"},
    {"Waverley Court\n4 East Market Street\nEdinburgh\nEH8 8BG",
     "GB?|EH8 8BG|Edinburgh||4 East Market Street|||Waverley Court"},
    // Ireland
    {"Government Buildings\nUpper Merrion Street\nDublin 2\nD02 R583\nIreland",
     "IE|D02 R583|Dublin 2||Upper Merrion Street|||Government Buildings"},
    {"City Hall, Anglesea Street, Cork, T12 T997, Ireland", "IE|T12 T997|Cork||Anglesea Street|||City Hall"},
    // Sweden, Norway, Denmark, Finland, Iceland
    {"Hantverkargatan 1\n111 52 Stockholm\nSweden", "SE|111 52|Stockholm||Hantverkargatan 1"},
    {"Götaplatsen 1, SE-412 56 Göteborg, Sverige", "SE|412 56|Göteborg||Götaplatsen 1"},
    {"Rådhusgata 20\n0151 Oslo\nNorway", "NO|0151|Oslo||Rådhusgata 20"},
    {"Rådhusgaten 10, 5014 Bergen, Norge", "NO|5014|Bergen||Rådhusgaten 10"},
    {"Rådhuset\n8000 Aarhus C\nDenmark", "DK|8000|Aarhus C|||||Rådhuset"},
    {"Christiansborg Slotsplads 1, 1218 København K, Danmark",
     "DK|1218|København K||Christiansborg Slotsplads 1"},
    {"Yliopistonkatu 27 A\n20100 Turku\nFinland", "FI|20100|Turku||Yliopistonkatu 27 A"},
    {"P.O. Box 1, FI-00099 City of Helsinki, Finland", "FI|00099|City of Helsinki||||P.O. Box 1"},
    {"Ráðhús Reykjavíkur, Tjarnargata 11, 101 Reykjavík, Iceland",
     "IS|101|Reykjavík||Tjarnargata 11|||Ráðhús Reykjavíkur"},
    // Poland, Czechia
    {"Urząd Miasta\nul. Nowe Ogrody 8/12\n80-803 Gdańsk\nPoland",
     "PL|80-803|Gdańsk||ul. Nowe Ogrody 8/12|||Urząd Miasta"},
    {"pl. Nowy Targ 1-8, 50-141 Wrocław, Polska", "PL|50-141|Wrocław||pl. Nowy Targ 1-8"},
    {"Magistrát města Brna\nDominikánské náměstí 196/1\n602 00 Brno\nCzech Republic",
     "CZ|602 00|Brno||Dominikánské náměstí 196/1|||Magistrát města Brna"},
    {"nábřeží Edvarda Beneše 4, 118 01 Praha 1, Czechia", "CZ|118 01|Praha 1||nábřeží Edvarda Beneše 4"},
    // United States
    {"City Hall\n1 Dr. Carlton B. Goodlett Place\nSan Francisco, CA 94102\nUSA",
     "US|94102|San Francisco|CA|1 Dr. Carlton B. Goodlett Place|||City Hall"},
    {"121 N. LaSalle Street, Room 507, Chicago, IL 60602",
     "US?|60602|Chicago|IL|121 N. LaSalle Street|Room 507"},
    {"P.O. Box 94749\nSeattle, WA 98124-4749", "US?|98124-4749|Seattle|WA|||P.O. Box 94749"},
    // Canada
    {"City of Calgary\n800 Macleod Trail SE\nCalgary, Alberta T2P 2M5\nCanada",
     "CA|T2P 2M5|Calgary|Alberta|800 Macleod Trail SE|||City of Calgary"},
    {"110 Laurier Avenue West, Ottawa, ON K1P 1J1", "CA?|K1P 1J1|Ottawa|ON|110 Laurier Avenue West"},
    // Mexico
    {"Plaza de la Constitución 2\nCol. Centro\nC.P. 06000, Ciudad de México\nMéxico",
     "MX|06000|Ciudad de México||Plaza de la Constitución 2, Col. Centro"},
    {"Av. Hidalgo 400, Centro Histórico, 44100 Guadalajara, Jalisco, Mexico",
     "MX|44100|Guadalajara|Jalisco|Av. Hidalgo 400, Centro Histórico"},
    // Brazil
    {"Esplanada dos Ministérios, Bloco H\n70170-900 Brasília - DF\nBrasil",
     "BR|70170-900|Brasília|DF|Esplanada dos Ministérios, Bloco H"},
    {"Rua Afonso Cavalcanti, 455\nCidade Nova\nRio de Janeiro - RJ\nCEP 20211-110\nBrazil",
     "BR|20211-110|Rio de Janeiro|RJ|Rua Afonso Cavalcanti, 455, Cidade Nova"},
    // Argentina
    {"Balcarce 50\nC1064AAB Buenos Aires\nArgentina", "AR|C1064AAB|Buenos Aires||Balcarce 50"},
    {"Av. Marcelo T. de Alvear 120, 5000 Córdoba, Argentina",
     "AR|5000|Córdoba||Av. Marcelo T. de Alvear 120"},
    // Chile
    {"Teatinos 120, piso 10\nSantiago\nChile", "CL||Santiago||Teatinos 120|piso 10"},
    {"Condell 1490, Valparaíso, Chile", "CL||Valparaíso||Condell 1490"},
    // South Africa
    {"Union Buildings\nGovernment Avenue\nPretoria\n0002\nSouth Africa",
     "ZA|0002|Pretoria||Government Avenue|||Union Buildings"},
    {"Private Bag X1000, Pretoria, 0001, South Africa", "ZA|0001|Pretoria||||Private Bag X1000"},
    // Kenya
    {"Harambee Avenue\nP.O. Box 30551-00100\nNairobi\nKenya",
     "KE|00100|Nairobi||Harambee Avenue||P.O. Box 30551"},
    {"United Nations Avenue, Gigiri, P.O. Box 30552, 00100 Nairobi, Kenya",
     "KE|00100|Nairobi||United Nations Avenue, Gigiri||P.O. Box 30552"},
    // Egypt
    {"1 Magles El Shaab Street\nKasr El Aini\nCairo 11582\nEgypt",
     "EG|11582|Cairo||1 Magles El Shaab Street, Kasr El Aini"},
    {"21 Abdel Khalek Tharwat Street, Cairo, Egypt", "EG||Cairo||21 Abdel Khalek Tharwat Street"},
    // India
    {"Nirman Bhawan\nMaulana Azad Road\nNew Delhi 110 011\nIndia",
     "IN|110 011|New Delhi||Maulana Azad Road|Nirman Bhawan"},
    {"Mahapalika Marg, Fort, Mumbai - 400001, Maharashtra, India",
     "IN|400001|Mumbai|Maharashtra|Mahapalika Marg, Fort"},
    // Indonesia
    {"Jl. Medan Merdeka Selatan No. 8-9\nJakarta Pusat 10110\nIndonesia",
     "ID|10110|Jakarta Pusat||Jl. Medan Merdeka Selatan No. 8-9"},
    {"Jalan Taman Surya No. 1, Surabaya 60272, Indonesia", "ID|60272|Surabaya||Jalan Taman Surya No. 1"},
    // Philippines
    {"2330 Roxas Boulevard\nPasay City 1300\nPhilippines", "PH|1300|Pasay City||2330 Roxas Boulevard"},
    {"San Lazaro Compound, Rizal Avenue, Santa Cruz, Manila 1003, Philippines",
     "PH|1003|Manila||Rizal Avenue, Santa Cruz|San Lazaro Compound"},
    // Singapore
    {"Urban Redevelopment Authority\n45 Maxwell Road\nSingapore 069118",
     "SG|069118|Singapore||45 Maxwell Road|||Urban Redevelopment Authority"},
    {"100 High Street, #01-01 The Treasury, Singapore 179434",
     "SG|179434|Singapore||100 High Street|#01-01 The Treasury"},
    // Malaysia
    {"Menara DBKL 1\nJalan Raja Laut\n50350 Kuala Lumpur\nMalaysia",
     "MY|50350|Kuala Lumpur||Jalan Raja Laut|Menara DBKL 1"},
    {"No. 15, Persiaran Perdana, Presint 2, 62550 Putrajaya, Malaysia",
     "MY|62550|Putrajaya||No. 15, Persiaran Perdana, Presint 2"},
    // Thailand
    {"173 Dinso Road\nPhra Nakhon\nBangkok 10200\nThailand", "TH|10200|Bangkok||173 Dinso Road, Phra Nakhon"},
    {"443 Sri Ayudhya Road, Bangkok 10400, Thailand", "TH|10400|Bangkok||443 Sri Ayudhya Road"},
    // Vietnam
    {"12 Lê Lai, Hoàn Kiếm\nHà Nội\nViệt Nam", "VN||Hà Nội||12 Lê Lai, Hoàn Kiếm"},
    {"24 Tran Phu Street, Hai Chau District, Da Nang, Vietnam",
     "VN||Da Nang||24 Tran Phu Street, Hai Chau District"},
    // Korea
    {"110 Sejong-daero, Jung-gu\nSeoul 04524\nRepublic of Korea",
     "KR|04524|Seoul||110 Sejong-daero, Jung-gu"},
    {"1001 Jungang-daero, Yeonje-gu, Busan 47545, South Korea",
     "KR|47545|Busan||1001 Jungang-daero, Yeonje-gu"},
    // Taiwan
    {"No. 2, Kaitakelan Boulevard\nZhongzheng District\nTaipei City 100202\nTaiwan",
     "TW|100202|Taipei City||No. 2, Kaitakelan Boulevard, Zhongzheng District"},
    {"No. 2, Siwei 3rd Road, Lingya District, Kaohsiung City 802721, Taiwan",
     "TW|802721|Kaohsiung City||No. 2, Siwei 3rd Road, Lingya District"},
    // Hong Kong
    {"2 Tim Mei Avenue\nTamar\nHong Kong", "HK||Hong Kong||2 Tim Mei Avenue, Tamar"},
    {"15/F, Wu Chung House, 213 Queen's Road East, Wan Chai, Hong Kong",
     "HK||Hong Kong||213 Queen's Road East, Wan Chai|15/F, Wu Chung House"},
    // China
    {"No. 2 Zhengyi Road\nDongcheng District\nBeijing 100744\nP.R. China",
     "CN|100744|Beijing||No. 2 Zhengyi Road, Dongcheng District"},
    {"200 Renmin Avenue, Shanghai 200003, China", "CN|200003|Shanghai||200 Renmin Avenue"},
    // Australia
    {"Town Hall House\nLevel 2, 456 Kent Street\nSydney NSW 2000\nAustralia",
     "AU|2000|Sydney|NSW|456 Kent Street|Town Hall House, Level 2"},
    {"GPO Box 1434, Brisbane QLD 4001", "AU?|4001|Brisbane|QLD|||GPO Box 1434"},
    // New Zealand
    {"135 Albert Street\nPrivate Bag 92300\nAuckland 1142\nNew Zealand",
     "NZ|1142|Auckland||135 Albert Street||Private Bag 92300"},
    {"113 The Terrace, Wellington 6011, New Zealand", "NZ|6011|Wellington||113 The Terrace"},
};

constexpr Case kLayouts[] = {
    // The town leads, once or twice.
    {"Vienna, Rathausstraße 8, 1010 Austria", "AT|1010|Vienna||Rathausstraße 8"},
    {"Wien Rathausstraße 8, 1010 Wien", "AT?|1010|Wien||Rathausstraße 8"},
    {"London Road 5, London SE1 2AA", "GB?|SE1 2AA|London||London Road 5"},
    {"Address Akademicka 2A, 44-100 Gliwice, Poland", "PL|44-100|Gliwice||Akademicka 2A"},
    {"1 American Avenue 0082 Yerevan, Armenia", "AM|0082|Yerevan||1 American Avenue"},
    // Words behind the town of its code.
    {"1 Place de la Comédie, 69205 Lyon Cedex 01", "FR?|69205|Lyon Cedex 01||1 Place de la Comédie"},
    // A code in brackets, before and behind.
    {"(04524) 110 Sejong-daero, Jung-gu, Seoul, Republic of Korea",
     "KR|04524|Seoul||110 Sejong-daero, Jung-gu"},
    {"110, Sejong-daero, Jung-gu, Seoul (04524), Korea", "KR|04524|Seoul||110, Sejong-daero, Jung-gu"},
    // A colon before the house's number; letters before a box's.
    {"Atatürk Bulvarı No: 5, Ankara, Türkiye", "TR||Ankara||Atatürk Bulvarı No: 5"},
    {"Accra Metropolitan Assembly, P.O. Box GP 385, Accra, Ghana",
     "GH||Accra||||P.O. Box GP 385|Accra Metropolitan Assembly"},
    // An office's name, set in bold, runs into the street.
    {"Paris Office 10 rue des Lombards, 75004 Paris, France",
     "FR|75004|Paris||10 rue des Lombards||||Paris Office"},
    {"Office 501, Tower B, 12 Main Road, Cape Town 8001, South Africa",
     "ZA|8001|Cape Town||12 Main Road|Tower B, Office 501"},
    // A box beside the street, in one paragraph and in one line.
    {"Physical address: 14 Leyds Street, Braamfontein, Johannesburg 2017\nPostal address: P.O. Box 1477, "
     "Johannesburg 2000",
     "ZA?|2017|Johannesburg||14 Leyds Street, Braamfontein\nZA?|2000|Johannesburg||||P.O. Box 1477"},
    {"Water Board, 12 Main Road, Cape Town 8001, South Africa. Postal address: P.O. Box 298, Cape Town 8000. "
     "Tel. +27 21 400 1111",
     "ZA|8001|Cape Town||12 Main Road|||Water Board\nZA?|8000|Cape Town||||P.O. Box 298|Water Board"},
    {"VNG\nNassaulaan 12, 2514 JS Den Haag, Netherlands. Postbus 30435, 2500 GK Den Haag.",
     "NL|2514 JS|Den Haag||Nassaulaan 12||||VNG\nNL?|2500 GK|Den Haag||||Postbus 30435||VNG"},
    // Emphasis and words for parts.
    {"**Address:** 1 Centennial Square, Victoria, BC V8W 1P6, Canada",
     "CA|V8W 1P6|Victoria|BC|1 Centennial Square"},
    {"Street: 12 High Street\nCity: Leeds\nPostcode: LS1 1UR\nCountry: United Kingdom",
     "GB|LS1 1UR|Leeds||12 High Street"},
    // Care of.
    {"c/o University of Graz\nUniversitätsplatz 3\n8010 Graz\nAustria", "AT|8010|Graz||Universitätsplatz 3"},
    // One line each, a name or a lead in front, contacts behind.
    {"Berlin office: Invalidenstraße 44, 10115 Berlin, Germany, Tel. +49 30 183000\n"
     "Paris office: 7 place de Fontenoy, 75007 Paris, France, Tel. +33 1 45 68 10 00",
     "DE|10115|Berlin||Invalidenstraße 44||||Berlin office\nFR|75007|Paris||7 place de Fontenoy||||Paris "
     "office"},
    {"Delta Institute, Westerdoksdijk 2, 1013 AE Amsterdam, The Netherlands\n"
     "Coast Centre, Akersgata 59, 0180 Oslo, Norway",
     "NL|1013 AE|Amsterdam||Westerdoksdijk 2|||Delta Institute\nNO|0180|Oslo||Akersgata 59|||Coast Centre"},
    {"Argentina | Bartolomé Mitre 575, C1036AAK Buenos Aires | +54 11 4323 9600",
     "AR?|C1036AAK|Buenos Aires||Bartolomé Mitre 575||||Argentina"},
    // Lines that are blocks of their own.
    {"<div>Eastern Africa Regional Office</div><div>Mukoma Road, Langata</div><div>P.O. Box 68200 - "
     "00200</div>"
     "<div>Nairobi, Kenya</div><div>Tel: +254 20 249 3561</div>",
     "KE|00200|Nairobi||Mukoma Road, Langata||P.O. Box 68200||Eastern Africa Regional Office"},
    // A long line is not the first half of a paragraph.
    {"World Institute for Research into the Economics of Development (WIRED)\nKatajanokanlaituri 6 "
     "B\nFI-00160 Helsinki, "
     "Finland",
     "FI|00160|Helsinki||Katajanokanlaituri 6 B|||World Institute for Research into the Economics of "
     "Development (WIRED)"},
    // Columns of text.
    {"Mayor       A. Person\nOffice      Park Avenue, Kochi 682 011, Kerala",
     "IN?|682 011|Kochi|Kerala|Park Avenue||||Office"},
    // A heading, a term, a row say whose it is and which country.
    {"<h2>Asia</h2><h3>Embassy of Japan in India</h3><p>50-G, Shantipath, Chanakyapuri<br>New Delhi 110 "
     "021</p>",
     "IN?|110 021|New Delhi||50-G, Shantipath, Chanakyapuri||||Embassy of Japan in India"},
    {"<dl><dt>Chile</dt><dd>Plaza de Armas s/n, Santiago</dd><dt>Kenya</dt><dd>City Hall Way, P.O. Box "
     "30075-00100, "
     "Nairobi</dd></dl>",
     "CL?||Santiago||Plaza de Armas s/n||||Chile\nKE?|00100|Nairobi||City Hall Way||P.O. Box 30075||Kenya"},
    {"<table><tr><th>Office</th><th>Address</th></tr><tr><td>Warsaw</td><td>pl. Bankowy 3/5, 00-950 "
     "Warszawa</td></tr>"
     "<tr><td>Head Office</td><td>Mariánské náměstí 2, 110 01 Praha 1, Czech Republic</td></tr></table>",
     "PL?|00-950|Warszawa||pl. Bankowy 3/5||||Warsaw\nCZ|110 01|Praha 1||Mariánské náměstí 2||||Head Office"},
    {"<table><tr><td>Germany</td><td>Bremen</td><td>Am Markt 21, 28195</td></tr></table>",
     "DE?|28195|Bremen||Am Markt 21||||Germany"},
    {"Kenya Ports Authority - P.O. Box 95009-80104, Mombasa, Kenya",
     "KE|80104|Mombasa||||P.O. Box 95009|Kenya Ports Authority"},
    {"5F, No. 436, Daye N. Rd.\nXiaogang District, Kaohsiung City 812\nTaiwan (R.O.C.)",
     "TW|812|Kaohsiung City||No. 436, Daye N. Rd., Xiaogang District|5F"},
    // Paragraphs do not run together.
    {"<p><b>Vienna Office</b><br>Rathausplatz 1<br>1082 Wien</p><p><b>Rome Office</b><br>Piazza del "
     "Campidoglio "
     "1<br>00186 Roma</p>",
     "AT?|1082|Wien||Rathausplatz 1||||Vienna Office\nIT?|00186|Roma||Piazza del Campidoglio 1||||Rome "
     "Office"},
    // The letters of a country before the code say which it is, in a town that is known or not.
    {"Rathausplatz 3, A-1010 Wien", "AT?|1010|Wien||Rathausplatz 3"},
    {"Hauptstrasse 12\nD-35037 Waldtal", "DE?|35037|Waldtal||Hauptstrasse 12"},
    {"12 rue des Tilleuls, FR-69002 Lyon", "FR?|69002|Lyon||12 rue des Tilleuls"},
    {"Strandgade 11\nDK 2100, Copenhagen", "DK?|2100|Copenhagen||Strandgade 11"},
    {"5 Lake Street, Chisinau MD-2009, Moldova", "MD|MD-2009|Chisinau||5 Lake Street"},
    // The code behind the town, joined by a hyphen; the number of a district.
    {"5 Lake Avenue, Gulshan-1, Dhaka-1212, Bangladesh", "BD|1212|Dhaka||5 Lake Avenue, Gulshan-1"},
    {"3rd Floor, Hill Tower, Sansad Marg, New Delhi-110001",
     "IN?|110001|New Delhi||Sansad Marg|3rd Floor, Hill Tower"},
    {"Vinohradska 12, 120 00 Praha 2", "CZ?|120 00|Praha 2||Vinohradska 12"},
    // A town or a region whose last word is a region or a country of its own.
    {"7 Lake Road New Delhi 110011, India", "IN|110011|New Delhi||7 Lake Road"},
    {"Dock Road\nNewport\nSouth Wales\nNP20 1AB", "GB?|NP20 1AB|Newport|South Wales|Dock Road"},
    {"Rue du Lac 10\nCH-2000 Neuchâtel\nSwitzerland", "CH|2000|Neuchâtel||Rue du Lac 10"},
    {"Av. del Lago 23\nFracc. Jardines del Sol\nC.P. 20270, Aguascalientes, Ags.\nMéxico",
     "MX|20270|Aguascalientes|Ags.|Av. del Lago 23|Fracc. Jardines del Sol"},
    // What the company's register says follows the code.
    {"Registered office: 12 High Street, Leeds LS1 4AB. Registered in England No. 1234567",
     "GB?|LS1 4AB|Leeds||12 High Street"},
    // The host of a country near by tells it where the code has its form.
    {"92 Mill Street\nOakton 3418\nwww.oakton.vic.gov.au", "AU?|3418|Oakton||92 Mill Street"},
    {"92 Mill Street\nOakton 34180\nwww.oakton.vic.gov.au", ""},
    {"Am Schlossplatz 1\n83646 Waldtal\nWebsite : www.waldtal.de", "DE?|83646|Waldtal||Am Schlossplatz 1"},
    // A label without markup touches the number.
    {"Address12 High Street, Leeds LS1 4AB", "GB?|LS1 4AB|Leeds||12 High Street"},
    {"国\n市町村\n概 況\n交流内容\n1\n北中米\n米国", ""},
    {"Plot 21\nIslamabad 44000\nPakistan", "PK|44000|Islamabad||Plot 21"},
    // In a sentence.
    {"Letters reach the council at 110 Laurier Avenue West, Ottawa, ON K1P 1J1, and are answered in a week.",
     "CA?|K1P 1J1|Ottawa|ON|110 Laurier Avenue West"},
    // The block's own words decide before the page's.
    {"<h1>Canada</h1><p>Albert Square, Manchester M60 2LA</p>", "GB?|M60 2LA|Manchester||Albert Square"},
    // A telephone number below tells the country.
    {"Torggata 5\n7011 Skogvik\nTel: +47 73 00 00 00", "NO?|7011|Skogvik||Torggata 5"},
};

constexpr const char* kNegative[] = {
    "The festival moves from Lyon to Marseille in May 2024.",
    "Nairobi, Kenya\nBonn, Germany\nSeoul, Republic of Korea",
    "Member cities: Turku (Finland), Malmö (Sweden), Gdańsk (Poland)",
    "Baker Street and Oxford Street were closed to traffic in 2019.",
    "The river rises in Austria and reaches Hungary after 300 km.",
    "The council has 45 seats; the Mayor of London has none of them.",
    "Berlin 3,645,000\nHamburg 1,841,000\nMünchen 1,472,000",
    "He was born at Leeds, England, and taught in New York from 1998 to 2004.",
    "Population: 52,340\nArea: 120.5 km2\nMayor: A. Person",
    "Flight 1040 Brussels - Madrid leaves from gate 12.",
    "Concert Hall, Vienna, 12 May 2019",
    "Workshop in Bangkok, Thailand, 10-12 June 2019",
    "Sister cities\nPorto, Portugal, 1978\nBristol, United Kingdom, 1984\nJakarta, Indonesia, 1991",
    "Published by River Press, London 1998, 240 pages.",
    "Route 66 runs from Chicago, Illinois, to Santa Monica, California.",
    "The University of Nairobi and the Bank of Kenya signed the charter.",
    "In 2010 about 10,000 people lived on Main Street, the Broadway and the Mall.",
    "Paris 2024, Los Angeles 2028, Brisbane 2032",
    "Rome - Milan 477 km\nRome - Naples 189 km",
    "<ul><li>Home</li><li>Africa</li><li>Kenya</li><li>South Africa</li><li>Contact</li></ul>",
    "<table><tr><th>City</th><th>Country</th><th>Population</th></tr><tr><td>Oslo</td><td>Norway</"
    "td><td>709037</td></tr>"
    "<tr><td>Bergen</td><td>Norway</td><td>291940</td></tr></table>",
    "The treaty of Paris, France, was signed on 3 September 1783 by 4 parties.",
    "Delegates came from Canada, the United States, Mexico and 12 other states.",
    "Address by the Mayor of Seoul at the opening of the congress",
    "Street lights: 12,340\nRoads: 1,200 km\nParks: 310",
    "Grant No. 2014-1040 of the Ministry of Science, Spain",
    "The 14th Street tunnel in New York was flooded on 29 October 2012.",
    "Kuala Lumpur, Malaysia (2018), Abu Dhabi, United Arab Emirates (2020)",
    "Time zone: UTC+1 (Berlin, Rome, Stockholm)",
    "Ban Ki-moon (Republic of Korea), 2007-2016\nKofi Annan (Ghana), 1997-2006",
    "Vote of 12 March: Zürich 1,204, Bern 988, Basel 541",
    "12 May 2021: Choir festival, Turku Cathedral\nSail 2021, Aura river quay, 3-5 June\nBook Fair, "
    "Messukeskus, Turku, 1-3 "
    "October 2021",
    "<ul><li>Aarhus, Denmark (1946)</li><li>Bergen, Norway</li><li>Gothenburg, Sweden</li></ul>",
    "J. Smith, Cities of the North, Cambridge University Press, Cambridge 2012, p. 115.\nOECD, Paris, "
    "France, 2015, 75 pages",
    "From the station take Hill Road to the Plaza and turn left.",
};

template <std::size_t kSize>
void expect_all(const Case (&cases)[kSize]) {
  for (const Case& test : cases) EXPECT_EQ(addresses_in(test.text), test.expected) << test.text;
}

TEST(AddressWorld, Countries) { expect_all(kCountries); }
TEST(AddressWorld, Layouts) { expect_all(kLayouts); }
TEST(AddressWorld, NoAddress) {
  for (const char* text : kNegative) EXPECT_EQ(addresses_in(text), "") << text;
}

}  // namespace
}  // namespace yoran
