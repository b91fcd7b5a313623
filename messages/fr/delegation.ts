import type { delegation as en } from '../en/delegation.ts'

export const delegation = {
  'delegation.title': 'Partenaires',
  'delegation.lead':
    'Un partenaire à qui votre organisation délègue des licences agit pour vous : il les enregistre, les déplace et s’en occupe. Vous consentez, et vous y mettez fin à tout moment.',
  'delegation.list': 'Partenaires qui agissent pour vous',
  'delegation.new': 'Déléguer à un partenaire',
  'delegation.administrators': 'Les administrateurs de votre organisation délèguent et mettent fin aux délégations.',
  'delegation.empty': 'Personne n’agit pour vous',
  'delegation.empty_text': 'Déléguez des numéros de client au partenaire qui vous a vendu le produit.',
  'delegation.partner': 'Partenaire',
  'delegation.ends_never': 'Jusqu’à ce qu’on y mette fin',
  'delegation.end': 'Mettre fin à la délégation',
  'delegation.end_of': 'Mettre fin à la délégation à {email}',
  'delegation.end.title': 'Mettre fin à la délégation',
  'delegation.end.text':
    'Dès la prochaine page, la délégation avec {who} ne compte plus : le partenaire ne voit ni ne change plus les licences concernées. Ce qui a été fait jusqu’ici demeure, dans l’historique aussi.',
  'delegation.ended': 'La délégation avec {who} a pris fin.',
  'delegation.asking.title': '{organization} demande à agir pour vous',
  'delegation.asking.text': '{name} ({email}), de {organization}, a demandé le {when}. Demandé :',
  'delegation.asking.see': 'Voir et décider',
  'delegation.asking.refuse': 'Refuser',
  'delegation.refused_done': 'Vous avez refusé {organization}.',
  'delegation.consent.lead': '{organization} le demande',
  'delegation.consent.acts':
    'Le partenaire voit les licences des numéros de client que vous choisissez et fait ce que permet le niveau d’accès, en votre nom.',
  'delegation.consent.history':
    'Chaque action nomme la personne, le partenaire et votre organisation dans l’historique de la licence.',
  'delegation.consent.never':
    'Le partenaire ne voit jamais vos membres, vos paramètres ni d’autres numéros de client, et ne partage, ne restitue ni ne transfère jamais de licences. Avec un accès complet à tous les numéros, actuels et futurs, il enregistre aussi de nouveaux achats pour vous.',
  'delegation.consent.end': 'Vous y mettez fin à tout moment, avec effet dès la prochaine page.',
  'delegation.consent.submit': 'Déléguer',
  'delegation.user_hint': 'L’adresse e-mail avec laquelle une personne du partenaire se connecte.',
  'delegation.ends_hint': 'Laissez vide pour déléguer jusqu’à ce que vous y mettiez fin.',
  'delegation.done': 'Délégué à {email}, qui en est informé par e-mail.',
  'delegation.message': 'Message',
  'delegation.refused.colleague': 'C’est un collègue. Donnez-lui plutôt un rôle sous Organisation et membres.',
  'delegation.refused.no_number': 'Choisissez au moins un numéro de client, ou ceux qui viendront.',
  'delegation.refused.unknown_number': 'L’un des numéros de client n’est plus celui de votre organisation.',
  'delegation.refused.too_many': 'Votre organisation a déjà {most, number} délégations.',
  'delegation.refused.ended': 'Ce jour est passé.',
  'delegation.refused.answered': 'Quelqu’un a déjà répondu.',
  'delegation.hand_over': 'Remettre les clés',
  'delegation.hand_over.lead':
    'À {customer}. L’historique de chaque licence montre ensuite que c’est fait, quand et à qui.',
  'delegation.hand_over.none': 'Toutes les clés sont remises',
  'delegation.hand_over.none_text': 'Les clés que vous obtiendrez pour ce client figureront ici.',
  'delegation.hand_over.select': 'Remettre les clés de {serial}',
  'delegation.hand_over.newest': 'Clé la plus récente',
  'delegation.hand_over.to': 'Adresse e-mail du contact chez le client',
  'delegation.hand_over.hint': 'Les clés ne figurent dans l’e-mail que si le client le permet ; sinon il y conduit.',
  'delegation.hand_over.choose': 'Choisissez au moins une licence.',
  'delegation.hand_over.not_delegated': 'Au moins une des licences ne vous est plus déléguée avec ses clés.',
  'delegation.hand_over.done':
    '{count, plural, one {# clé} many {# de clés} other {# clés}} de {customer} remises à {email}.',
  'delegation.mail.granted.subject': '{organization} vous laisse agir pour elle',
  'delegation.mail.granted.text':
    '{by} vous a délégué des licences de {organization} dans le portail de licences de {vendor}.',
  'delegation.mail.granted.action': 'Voir vos clients',
  'delegation.mail.asked.subject': '{organization} demande à agir pour vous',
  'delegation.mail.asked.text':
    '{by}, de {organization}, demande à votre organisation de pouvoir s’occuper de vos licences dans le portail de licences de {vendor}. Un administrateur de votre organisation décide des numéros de client, de l’étendue et de la durée ; rien ne se passe avant.',
  'delegation.mail.asked.action': 'Voir et décider',
  'delegation.mail.ended.subject': '{organization} a mis fin à une délégation',
  'delegation.mail.ended.text':
    '{by} a mis fin à ce que {organization} vous avait délégué dans le portail de licences de {vendor}.',
  'delegation.mail.invited':
    'Vous n’avez pas encore de compte : créez-en un avec cette adresse e-mail et confirmez-la, vous y trouverez le reste.',
  'delegation.mail.keys.subject': '{partner} vous remet des clés de licence',
  'delegation.mail.keys.text': '{by}, de {partner}, remet les clés de licences de {customer} :',
  'delegation.mail.keys.shown': 'Les fichiers de licence, et les clés qui ne figurent pas ici, sont dans le portail.',
  'delegation.mail.keys.hidden': 'Les clés et fichiers de licence sont dans le portail : ouvrez-le avec votre compte.',
  'delegation.mail.keys.action': 'Ouvrir les licences',
} satisfies Record<keyof typeof en, string>
