/** Two articles of the journal, long enough to scroll. In French only, like the brand's own journal. */

export type Block =
  | { heading: string }
  | { text: string }
  | { quote: string }
  | { table: { caption: string; head: string[]; rows: string[][] } };
export type Article = {
  slug: string;
  title: string;
  lead: string;
  date: string;
  isoDate: string;
  minutes: number;
  drawing: 'kettle' | 'kiln';
  blocks: Block[];
};

export const articles: Article[] = [
  {
    slug: 'l-eau-avant-le-the',
    title: 'L’eau avant le thé',
    date: '14 octobre 2026',
    isoDate: '2026-10-14',
    minutes: 4,
    drawing: 'kettle',
    lead: 'On parle beaucoup de la feuille. Dans la tasse, pourtant, quatre-vingt-dix-neuf pour cent de ce que l’on boit, c’est de l’eau.',
    blocks: [
      {
        text: 'Un matin de septembre, nous avons posé sur le comptoir du Marais cinq carafes sans étiquette et une seule boîte de thé. Même poids de feuilles, même température, même sablier. Cinq tasses, cinq couleurs. Une cliente a cru à cinq récoltes différentes ; c’était, chaque fois, Brume du matin.',
      },
      { heading: 'Ce que l’eau apporte' },
      {
        text: 'Une eau dure, riche en calcaire, capture une partie des arômes et forme à la surface ce voile irisé que l’on prend parfois pour de la poussière. Une eau trop pure, à l’inverse, donne une tasse maigre, presque métallique : il lui manque les minéraux qui portent le goût. Entre les deux, il y a une eau tranquille, peu minéralisée, sans odeur.',
      },
      {
        text: 'La bonne nouvelle est que l’on peut corriger beaucoup avec peu. À Paris, l’eau du robinet gagne à reposer une heure dans une carafe ouverte : le chlore s’en va tout seul. À Lyon, elle est déjà douce. À Bordeaux, une carafe filtrante suffit. Nous n’avons jamais eu besoin d’acheter d’eau en bouteille pour une dégustation.',
      },
      {
        quote:
          'Une eau que l’on boirait volontiers froide fera un bon thé chaud. C’est la seule règle que nous donnons sans hésiter.',
      },
      { heading: 'La température, enfin' },
      {
        text: 'L’eau bouillante brûle les thés verts : elle arrache d’un coup les tanins et ne laisse rien aux secondes suivantes. Un thé noir, lui, s’endort dans une eau tiède. Sans thermomètre, regardez : des bulles comme des yeux de crabe, autour de quatre-vingts degrés ; un chapelet de perles qui monte le long des parois, quatre-vingt-dix ; le grand bouillon, il est trop tard, ouvrez le couvercle et attendez trois minutes.',
      },
      {
        table: {
          caption: 'Nos réglages, pour 20 cl',
          head: ['Thé', 'Eau', 'Feuilles', 'Temps'],
          rows: [
            ['Brume du matin', '75 °C', '2,5 g', '2 min'],
            ['Jardin d’Amarante', '90 °C', '3 g', '4 min'],
            ['Grand fumé', '92 °C', '2,5 g', '3 min'],
            ['Nuit de velours', '95 °C', '4 g', '7 min'],
          ],
        },
      },
      { heading: 'Le temps de ne rien faire' },
      {
        text: 'Reste le plus difficile : attendre. Un sablier vaut mieux qu’un minuteur, parce qu’on le regarde. Quand la dernière poignée de sable passe, retirez les feuilles d’un geste, entièrement. Un thé oublié ne se rattrape ni par le sucre ni par le lait.',
      },
      {
        text: 'Et si vous n’aviez envie de retenir qu’une chose : rincez la théière à l’eau chaude avant d’y mettre les feuilles. Une porcelaine froide vole huit degrés à l’eau, un grès presque dix. Ce petit vol explique la moitié des thés décevants que l’on nous raconte en boutique.',
      },
      { heading: 'Essayer chez nous' },
      {
        text: 'Chaque premier samedi du mois, nos trois boutiques refont l’expérience des cinq carafes. Il n’y a rien à réserver : poussez la porte, goûtez à l’aveugle, devinez votre ville. Ceux qui trouvent les cinq repartent avec une boîte. Depuis le printemps, ils sont quatre.',
      },
    ],
  },
  {
    slug: 'une-theiere-nait-deux-fois',
    title: 'Une théière naît deux fois',
    date: '2 septembre 2026',
    isoDate: '2026-09-02',
    minutes: 5,
    drawing: 'kiln',
    lead: 'Entre la terre et la table, la Théière Ligérienne passe deux fois au feu et onze fois entre des mains. Visite d’un atelier des bords de Loire.',
    blocks: [
      {
        text: 'L’atelier tient dans une ancienne grange à chanvre, à vingt minutes de Saumur. On y entre par la cour, en poussant une porte qui frotte. À gauche, les tours ; à droite, les étagères où sèchent cent vingt théières sans couvercle, grises et mates, toutes tournées vers la lumière.',
      },
      { heading: 'Premier jour : la terre' },
      {
        text: 'Le grès arrive en pains de dix kilos. Il faut le battre longtemps pour en chasser l’air : une bulle oubliée, et la pièce éclate au four en emportant ses voisines. Élise bat la terre en parlant d’autre chose. Elle sait, au bruit, quand elle est prête.',
      },
      {
        text: 'Le corps de la théière est tourné en quatre minutes. Le couvercle, à part, en deux. Le bec et l’anse attendront le lendemain, quand la terre sera, comme on dit ici, « à consistance de cuir » : assez ferme pour être tenue, assez tendre pour être cousue.',
      },
      { quote: 'Un bec qui goutte, ce n’est pas un défaut de dessin. C’est un geste qu’on a arrêté trop tôt.' },
      { heading: 'Deuxième jour : le bec' },
      {
        text: 'Toute la réputation d’une théière tient à un centimètre de terre : la lèvre du bec. Trop ronde, l’eau revient en arrière et coule le long du ventre. Trop coupante, elle s’ébrèche. Élise la pince, la lisse au doigt mouillé, puis verse. Le filet doit se rompre net. S’il hésite, elle recommence.',
      },
      {
        text: 'Derrière le bec, une grille de dix-neuf trous percés un à un retient les feuilles. Dix-neuf, parce qu’à dix-huit le thé passe mal et qu’à vingt la paroi se fend : on l’a appris en perdant une fournée.',
      },
      { heading: 'Première naissance' },
      {
        text: 'Après dix jours de séchage, la première cuisson monte lentement jusqu’à neuf cent quatre-vingts degrés. Elle chasse l’eau et fige la forme. Les pièces qui en sortent sont roses, poreuses, légères : elles sonnent comme une noix. On les appelle des biscuits.',
      },
      {
        table: {
          caption: 'Le calendrier d’une théière',
          head: ['Étape', 'Durée', 'Feu'],
          rows: [
            ['Tournage', '6 min', '—'],
            ['Garnissage', '25 min', '—'],
            ['Séchage', '10 jours', '—'],
            ['Biscuit', '14 h', '980 °C'],
            ['Émaillage', '2 × 3 s', '—'],
            ['Grand feu', '22 h', '1 260 °C'],
          ],
        },
      },
      { heading: 'Seconde naissance' },
      {
        text: 'L’émail est un lait épais, presque blanc. On y plonge la théière deux fois, trois secondes, en la tenant par l’intérieur. Rien ne dit encore qu’elle sera amarante : la couleur n’existe qu’au-dessus de mille deux cents degrés, quand le manganèse se réveille. Selon sa place dans le four, elle tirera vers la prune ou vers le rouge des feuilles d’automne.',
      },
      {
        text: 'On n’ouvre pas un four de grès. On attend vingt-deux heures qu’il monte, deux jours qu’il redescende. Le lundi matin, toute l’équipe est là, debout dans la cour, café à la main. On défourne sans un mot. Sur cent vingt théières, cent huit seront vendues ; les douze autres restent à l’atelier, où l’on boit chaque jour dans celles qui ont raté leur vie de marchandise.',
      },
      { heading: 'Sur votre table' },
      {
        text: 'Un grès vit : il fonce un peu avec les années, surtout à l’intérieur. Ne le lavez pas au savon, l’eau chaude suffit. Et laissez le couvercle de côté pour qu’elle sèche. Une théière bien traitée traverse plusieurs cuisines ; celle d’Élise, la première, a servi à trois générations et verse toujours droit.',
      },
    ],
  },
];
