import type { service as en } from '../en/service.ts'

export const service = {
  'service.lead': 'Tout ce que vous pouvez demander à {vendor}, et ce que vous avez demandé.',
  'service.types': 'De quoi avez-vous besoin ?',
  'service.types.manager':
    'Un gestionnaire de votre organisation ouvre les demandes. Vous voyez ici ce qui a été demandé.',
  'service.types.nobody': 'Vous ne travaillez encore pour aucune organisation.',
  'service.types.join': 'En rejoindre ou en créer une',
  'service.type.contract_change': 'Demande de modification de contrat',
  'service.type.contract_change.text':
    'Des licences changent de mains : fusion, cession, ou achat enregistré par le mauvais compte.',
  'service.type.address': 'Nouvelle adresse',
  'service.type.address.text':
    'L’adresse d’installation d’une licence ne peut pas encore être choisie. Choisissez la licence, puis saisissez l’adresse.',
  'service.type.customer_number': 'Numéro de client',
  'service.type.customer_number.text':
    'Un numéro de client est le vôtre, mais vous n’avez aucun numéro de commande ou de série qui le prouve.',
  'service.type.rehost': 'Déplacement au-delà du quota',
  'service.type.rehost.text':
    'Une licence a épuisé ses déplacements vers de nouveaux hôtes. Choisissez-la et déplacez-la : une clé temporaire fonctionne jusqu’à la décision.',
  'service.type.recovery': 'Récupération de compte',
  'service.type.recovery.text':
    'Tous les administrateurs de votre organisation sont partis, ou personne ne vous donne accès. {vendor} vérifie qui vous êtes et vous nomme.',
  'service.type.other': 'Autre demande',
  'service.type.other.text': 'Toute autre question sur vos licences ou ce portail.',
  'service.form.title': 'Nouvelle demande',
  'service.form.lead': '{vendor} la lit et vous écrit par e-mail. Vous pouvez la suivre sous « Service client ».',
  'service.form.type': 'Type de demande',
  'service.form.elsewhere':
    'Les nouvelles adresses, numéros de client et déplacements au-delà du quota ont leurs propres formulaires, sous « Service client ».',
  'service.form.change': 'Pour une demande de modification de contrat',
  'service.form.change_hint':
    'C’est la propriété dans le catalogue de licences qui change ; la commande reste telle quelle.',
  'service.form.from': 'Nom d’utilisateur auquel les licences seront retirées',
  'service.form.from_hint': 'L’adresse e-mail d’une personne de l’organisation qui détient les licences aujourd’hui.',
  'service.form.to': 'Nom d’utilisateur auquel les licences seront attribuées',
  'service.form.to_hint': 'L’adresse e-mail d’une personne de l’organisation qui doit les recevoir.',
  'service.form.serials': 'Numéros de série',
  'service.form.serials_hint':
    'Dans n’importe quelle mise en page, 1 000 au plus. Pour une modification de contrat, indiquez des licences ici ou des numéros de client ci-dessous.',
  'service.form.more': 'et {count, number} autres',
  'service.form.customer_numbers': 'Numéros de client',
  'service.form.customer_numbers_hint': 'Toutes les licences encore valables sous ces numéros.',
  'service.form.keys': 'Clés en service',
  'service.form.keys.stay': 'Elles continuent de fonctionner, et le nouveau propriétaire les voit',
  'service.form.keys.end':
    'Elles sont révoquées, et le nouveau propriétaire enregistre les licences pour obtenir ses propres clés',
  'service.form.description': 'Description du problème',
  'service.form.description_hint':
    'Ce qui s’est passé et ce qui le prouve : par exemple l’acte de cession, sa date et ses parties.',
  'service.form.description_long': 'Écrivez 5 000 caractères au plus',
  'service.form.submit': 'Envoyer',
  'service.form.same_user': 'Indiquez deux noms d’utilisateur différents',
  'service.form.nothing': 'Indiquez les licences, ici ou par numéros de client',
  'service.form.serials_many': '1 000 numéros de série au plus à la fois ; indiquez plutôt les numéros de client',
  'service.form.number_long': 'Un numéro de client a 40 caractères au plus',
  'service.form.numbers_many': '50 numéros de client au plus à la fois',
  'service.form.not_own': 'Votre organisation ne possède pas : {serials}',
  'service.form.done':
    'La demande {request} est ouverte. Vous recevrez un e-mail lorsqu’elle aura été vérifiée et traitée.',
  'service.form.asked': 'La demande {request} est ouverte. {vendor} vous écrira par e-mail.',
  'service.choose.title': 'Choisir la licence',
  'service.choose.lead.address': 'Elle doit être installée à une adresse qui n’existe pas encore ici.',
  'service.choose.lead.rehost': 'Elle doit être déplacée vers un nouvel hôte.',
  'service.choose.lead.ownership': 'Elle doit changer de propriétaire.',
  'service.choose.find': 'Numéro de série, produit, hôte, commande…',
  'service.choose.submit': 'Rechercher',
  'service.choose.select': 'Sélectionner',
  'service.choose.select_this': 'Sélectionner la licence {serial}',
  'service.choose.empty': 'Aucune licence de ce type',
  'service.choose.empty_text': 'Cherchez autre chose, ou consultez le catalogue de licences.',
  'service.choose.more': 'Seules les {count} premières sont affichées : précisez la recherche.',
  'service.ownership.request': 'Demander le transfert de propriété de la licence',
  'service.ownership.email': 'E-mail',
  'service.ownership.email_text': 'Pour que {vendor} transfère la licence,',
  'service.ownership.form': 'remplissez ce formulaire',
  'service.ownership.needed':
    'Préparez : le nom d’utilisateur auquel la licence sera attribuée, et celui auquel elle sera retirée.',
  'service.ownership.write': 'Si vous ne pouvez pas utiliser le formulaire, écrivez à {email}.',
  'service.recovery.title': 'Récupération de compte',
  'service.recovery.lead':
    'Pour les organisations dont tous les administrateurs sont partis. Demandez d’abord l’accès à vos collègues : c’est plus rapide.',
  'service.recovery.next':
    '{vendor} compare ce que vous écrivez avec ses dossiers et vous rappelle au besoin. Ceux qui administrent encore l’organisation en sont avertis.',
  'service.recovery.organization': 'Organisation',
  'service.recovery.organization_hint': 'Telle que ses licences sont enregistrées.',
  'service.recovery.number_hint': 'Si vous en connaissez un : il figure sur chaque confirmation de commande.',
  'service.recovery.description': 'Ce qui s’est passé, et qui vous êtes',
  'service.recovery.description_hint':
    'Qui l’administrait, depuis quand ces personnes sont parties, votre fonction, et qui peut le confirmer.',
  'service.recovery.choice': 'Nommer l’auteur de la demande administrateur de',
  'service.recovery.choice_hint': 'Le nom exact de l’organisation.',
  'service.recovery.candidate':
    '{count, plural, =0 {{name} (aucun administrateur)} one {{name} (# administrateur)} other {{name} (# administrateurs)}}',
  'service.recovery.candidate_named': 'Peut-être visée : {name}',
  'service.recovery.candidates': 'Organisations peut-être visées',
  'service.recovery.no_candidates': 'Aucune n’a ce nom ni ce numéro de client.',
  'service.recovery.members': '{count, plural, one {# membre, depuis {since}} other {# membres, depuis {since}}}',
  'service.recovery.seen': 'Administrateur {email}, vu pour la dernière fois le {when}',
  'service.recovery.never_seen': 'Administrateur {email}, non connecté ces derniers temps',
  'service.recovery.reason_missing': 'Donnez le motif de la nomination : les administrateurs le lisent',
  'service.recovery.gone': 'L’auteur de la demande a fermé son compte.',
  'service.recovery.own': 'Vous l’avez demandé vous-même : un collègue décide.',
  'service.recovery.choose': 'Choisissez l’organisation : aucune, ou plusieurs, portent ce nom.',
  'service.recovery.already': 'L’auteur de la demande administre déjà cette organisation.',
  'service.contract.from': 'Cède : le nom d’utilisateur d’origine',
  'service.contract.to': 'Reçoit : le nom d’utilisateur de destination',
  'service.contract.unknown': 'Personne n’a ce nom d’utilisateur.',
  'service.contract.unconfirmed': 'Adresse e-mail non confirmée',
  'service.contract.asker': 'Qui demande',
  'service.contract.asker.from': 'L’organisation qui cède',
  'service.contract.asker.to': 'L’organisation qui reçoit : vérifiez l’accord de l’autre partie',
  'service.contract.asker.neither': 'Aucune des deux parties : vérifiez leur accord à toutes deux',
  'service.contract.ready': 'Licences pouvant changer de mains',
  'service.contract.foreign': 'N’appartiennent pas à la partie qui cède',
  'service.contract.ended': 'Terminées : elles ne peuvent pas changer de mains',
  'service.contract.choice.from': 'Organisation qui cède',
  'service.contract.choice.to': 'Organisation qui reçoit',
  'service.contract.choose_from':
    'Le nom d’utilisateur d’origine n’est à personne, ou son organisation doit être choisie.',
  'service.contract.choose_to':
    'Le nom d’utilisateur de destination n’est à personne, ou son organisation doit être choisie.',
  'service.contract.same':
    'Les deux noms d’utilisateur travaillent pour la même organisation : les licences lui appartiennent déjà.',
  'service.contract.none': 'La partie qui cède ne possède aucune de ces licences.',
  'service.contract.impossible': 'Celles-ci ne peuvent pas changer de mains, donc aucune ne l’a fait : {serials}',
  'service.mail.action': 'Ouvrir le catalogue de licences',
  'service.mail.given.subject':
    '{count, plural, one {# licence a un nouveau propriétaire} other {# licences ont un nouveau propriétaire}}',
  'service.mail.given.heading': 'Des licences ont quitté votre organisation',
  'service.mail.given.text':
    '{vendor} a vérifié et traité une modification de contrat : {count, plural, one {# licence de {organization} appartient} other {# licences de {organization} appartiennent}} maintenant à une autre organisation. Si vous n’en savez rien, signalez-le immédiatement.',
  'service.mail.received.subject':
    '{count, plural, one {# licence est maintenant à vous} other {# licences sont maintenant à vous}}',
  'service.mail.received.heading': 'Des licences ont été attribuées à votre organisation',
  'service.mail.received.text':
    '{vendor} a vérifié et traité une modification de contrat : {count, plural, one {# licence appartient} other {# licences appartiennent}} maintenant à {organization}. Celles qui n’ont pas de clé attendent d’être enregistrées.',
} satisfies Record<keyof typeof en, string>
