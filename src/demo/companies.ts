import type { Random } from './random.ts'

/** Where a customer is, and how people, streets and companies are called there. `{family}`, `{word}`, `{n}` are filled in. */
type Place = {
  country: string
  language: string
  given: string[]
  family: string[]
  company: string[]
  word: string[]
  cities: [city: string, region: string, postal_code: string][]
  street: string[]
  /** Family name first. */
  familyFirst?: true
}

export type Customer = {
  name: string
  country: string
  language: string
  street: string
  city: string
  region: string
  postal_code: string
  contact_name: string
  contact_email: string
}

/** An invented customer; `index` makes its e-mail address unlike any other's. */
export function customerFrom(random: Random, index: number): Customer {
  const place = random.pick(places)
  const family = random.pick(place.family)
  const given = random.pick(place.given)
  const fill = (text: string) =>
    text
      .replaceAll('{family}', family)
      .replace('{word}', random.pick(place.word))
      .replace('{n}', String(1 + random.below(180)))
  const [city, region, postal_code] = random.pick(place.cities)
  return {
    name: fill(random.pick(place.company)),
    country: place.country,
    language: place.language,
    street: fill(random.pick(place.street)),
    city,
    region,
    postal_code,
    contact_name: place.familyFirst ? `${family} ${given}` : `${given} ${family}`,
    contact_email: `licensing@customer-${index.toString(36)}.example`,
  }
}

export const resellers = [
  'Norden Software AB',
  'Papyrus Distribuição Ltda',
  'Blue Anchor IT',
  '株式会社みなと商事',
  'Société Lumen',
]

const places: Place[] = [
  {
    country: 'US',
    language: 'en',
    given: ['Dana', 'Miguel', 'Aisha', 'Grace', 'Tyler', 'Priya'],
    family: ["O'Neill", 'Washington', 'Ramírez', 'Kowalski', 'Nguyen', 'Carter'],
    company: ['{family} & Sons', '{word} Logistics, Inc.', '{word} Health Partners LLC', 'City of {word}'],
    word: ['Riverside', 'Granite Falls', 'Bluebird', 'Prairie', 'Harborview'],
    cities: [
      ['Portland', 'OR', '97205'],
      ['Austin', 'TX', '78701'],
      ['Buffalo', 'NY', '14202'],
    ],
    street: ['{n} Main Street', '{n} {word} Avenue, Suite 400'],
  },
  {
    country: 'GB',
    language: 'en',
    given: ['Imogen', 'Callum', 'Zara', 'Rhys'],
    family: ['Ashworth', 'MacLeod', 'Pryce', 'Okafor'],
    company: ['{family} & {family} Ltd', '{word} Housing Association', 'University of {word}'],
    word: ['Wensleydale', 'Thornbury', 'Kelso'],
    cities: [
      ['Leeds', '', 'LS1 4DY'],
      ['Cardiff', '', 'CF10 1EP'],
      ['Aberdeen', '', 'AB10 1AB'],
    ],
    street: ['{n} High Street', '{n} {word} Road'],
  },
  {
    country: 'FR',
    language: 'fr',
    given: ['Zoé', 'Étienne', 'Maël', 'Françoise', 'Aïcha'],
    family: ['Lefèvre', 'Bérenger', 'N’Diaye', 'Gauthier', 'Cœur'],
    company: ['Ateliers {family} SAS', 'Mairie de {word}', 'Clinique {word}', '{family} Père & Fils SARL'],
    word: ['Saint-Étienne-du-Bois', 'Châteauneuf', 'l’Île-aux-Moines'],
    cities: [
      ['Orléans', '', '45000'],
      ['Besançon', '', '25000'],
      ['Évry', '', '91000'],
    ],
    street: ['{n} rue de la République', '{n} bis, allée des Érables'],
  },
  {
    country: 'BR',
    language: 'pt-BR',
    given: ['João', 'Conceição', 'Luísa', 'Antônio', 'Inês'],
    family: ['Gonçalves', 'Araújo', 'Magalhães', 'Simões'],
    company: ['{family} Indústria e Comércio Ltda', 'Prefeitura de {word}', 'Grupo {word} S.A.'],
    word: ['São João', 'Ipê-Amarelo', 'Maranhão'],
    cities: [
      ['São Paulo', 'SP', '01310-100'],
      ['Goiânia', 'GO', '74003-010'],
      ['Belém', 'PA', '66010-000'],
    ],
    street: ['Avenida {family}, {n}', 'Rua das Acácias, {n}'],
  },
  {
    country: 'DE',
    language: 'en',
    given: ['Jürgen', 'Käthe', 'Sören', 'Anneliese'],
    family: ['Müller-Lüdenscheid', 'Größler', 'Weiß', 'Schröder'],
    company: ['{family} Maschinenbau GmbH & Co. KG', 'Stadtwerke {word}', '{word} AG'],
    word: ['Überlingen', 'Köthen', 'Weißenfels'],
    cities: [
      ['München', 'BY', '80331'],
      ['Göttingen', 'NI', '37073'],
      ['Düren', 'NW', '52349'],
    ],
    street: ['Hauptstraße {n}', 'Am Mühlgraben {n}'],
  },
  {
    country: 'JP',
    language: 'en',
    given: ['健太', '美咲', '陽菜', '翔'],
    family: ['佐藤', '髙橋', '渡邊', '長谷川'],
    company: ['株式会社{family}製作所', '{word}電機株式会社', '{word}大学'],
    word: ['東海', '北斗', '若葉'],
    cities: [
      ['千代田区', '東京都', '100-0005'],
      ['大阪市北区', '大阪府', '530-0001'],
    ],
    street: ['丸の内一丁目{n}番', '中之島三丁目{n}番'],
    familyFirst: true,
  },
  {
    country: 'CN',
    language: 'en',
    given: ['伟', '芳', '晓明', '思远'],
    family: ['王', '欧阳', '陈', '刘'],
    company: ['{word}科技有限公司', '{word}精密机械股份有限公司'],
    word: ['华辰', '天元', '江南'],
    cities: [
      ['杭州市', '浙江省', '310000'],
      ['成都市', '四川省', '610000'],
    ],
    street: ['人民路{n}号', '中山东路{n}号'],
    familyFirst: true,
  },
  {
    country: 'KR',
    language: 'en',
    given: ['지훈', '서연', '민준'],
    family: ['김', '박', '최'],
    company: ['{word}전자 주식회사', '주식회사 {word}물산'],
    word: ['한빛', '대성', '새롬'],
    cities: [
      ['서울특별시', '', '04524'],
      ['부산광역시', '', '48058'],
    ],
    street: ['세종대로 {n}', '해운대로 {n}'],
    familyFirst: true,
  },
  {
    country: 'PL',
    language: 'en',
    given: ['Łukasz', 'Małgorzata', 'Żaneta'],
    family: ['Wójcik', 'Dąbrowska', 'Źrebiec'],
    company: ['{family} Sp. z o.o.', 'Zakłady {word} S.A.'],
    word: ['Świętokrzyskie', 'Żuławy'],
    cities: [
      ['Łódź', '', '90-001'],
      ['Gdańsk', '', '80-831'],
    ],
    street: ['ul. Piotrkowska {n}', 'ul. Długa {n}'],
  },
  {
    country: 'CZ',
    language: 'en',
    given: ['Jiří', 'Božena', 'Řehoř'],
    family: ['Dvořák', 'Němcová', 'Říha'],
    company: ['{family} a synové s.r.o.', 'Město {word}'],
    word: ['Český Krumlov', 'Žďár'],
    cities: [
      ['Plzeň', '', '301 00'],
      ['Ústí nad Labem', '', '400 01'],
    ],
    street: ['Náměstí Míru {n}', 'Dlouhá třída {n}'],
  },
  {
    country: 'NO',
    language: 'en',
    given: ['Bjørn', 'Åse', 'Håkon'],
    family: ['Sørensen', 'Ødegård', 'Lægreid'],
    company: ['{family} Shipping AS', '{word} kommune'],
    word: ['Tromsø', 'Ålesund'],
    cities: [
      ['Bodø', '', '8006'],
      ['Bergen', '', '5003'],
    ],
    street: ['Sjøgata {n}', 'Kirkeveien {n}'],
  },
  {
    country: 'TR',
    language: 'en',
    given: ['Çağla', 'İbrahim', 'Gülşen'],
    family: ['Yıldız', 'Öztürk', 'Şahin'],
    company: ['{family} Tekstil A.Ş.', '{word} Üniversitesi'],
    word: ['Boğaz', 'Iğdır'],
    cities: [
      ['İstanbul', '', '34110'],
      ['İzmir', '', '35210'],
    ],
    street: ['Atatürk Caddesi No: {n}'],
  },
  {
    country: 'EG',
    language: 'en',
    given: ['ليلى', 'عمر'],
    family: ['حسن', 'المصري'],
    company: ['شركة {word} للتجارة', 'Nile {word} Co.'],
    word: ['النور', 'الأمل'],
    cities: [
      ['القاهرة', '', '11511'],
      ['الإسكندرية', '', '21500'],
    ],
    street: ['شارع التحرير {n}'],
  },
  {
    country: 'MX',
    language: 'en',
    given: ['Begoña', 'Ángel', 'Íñigo'],
    family: ['Núñez', 'Peña', 'Muñoz'],
    company: ['Grupo {family} S.A. de C.V.', 'Universidad de {word}'],
    word: ['Querétaro', 'Mérida'],
    cities: [
      ['Mérida', 'YUC', '97000'],
      ['León', 'GUA', '37000'],
    ],
    street: ['Calle {n} n.º 12', 'Avenida Juárez {n}'],
  },
]
