import type { registration as en } from '../en/registration.ts'

export const registration = {
  'registration.title': 'Nouvel achat',
  'registration.lead': 'Saisissez les numéros de série de votre achat pour obtenir les clés de licence.',
  'registration.purchases.title': 'Achats à enregistrer',
  'registration.purchases.lead':
    'Ce qui a été acheté sous vos numéros de client et que personne n’a encore enregistré.',
  'registration.purchases.count':
    '{count, plural, =0 {Rien en attente} one {# licence en attente} many {# de licences en attente} other {# licences en attente}}',
  'registration.purchases.order': 'Commande',
  'registration.purchases.ordered_on': 'Commandé le',
  'registration.purchases.products': 'Produits',
  'registration.purchases.waiting': 'Licences',
  'registration.purchases.start': 'Commencer l’enregistrement',
  'registration.purchases.start_of': 'Commencer l’enregistrement : {name}',
  'registration.purchases.start_all': 'Tout commencer',
  'registration.purchases.no_order': 'Sans commande',
  'registration.purchases.purchase_order': 'Bon de commande {purchase_order}',
  'registration.purchases.more_products':
    '{count, plural, one {et un autre produit} many {et # d’autres produits} other {et # autres produits}}',
  'registration.purchases.none': 'Aucun achat à enregistrer',
  'registration.purchases.none.text': 'Les achats apparaissent ici pour les numéros de client de votre organisation.',
  'registration.purchases.nothing_waits': 'Plus rien n’attend dans cet achat : il a été enregistré entre-temps.',
  'registration.step.serials': 'Numéros de série',
  'registration.step.details': 'Enregistrement',
  'registration.step.verify': 'Vérification de l’enregistrement',
  'registration.step.confirmation': 'Confirmation des clés de licence',
  'registration.next': 'Suivant',

  'registration.open.title': 'Paniers à reprendre',
  'registration.open.text':
    'Rien n’est encore enregistré. Tout gestionnaire de votre organisation peut reprendre ces paniers.',
  'registration.open.empty': 'Panier vide',
  'registration.open.name': '{serial} et {count, plural, one {un autre} many {# d’autres} other {# autres}}',
  'registration.open.state': 'État',
  'registration.open.changed': 'dernière modification : {when}',
  'registration.open.submitted': 'enregistrement en cours',
  'registration.discard': 'Abandonner ce panier',
  'registration.discard_of': 'Abandonner le panier {name}',
  'registration.discarded':
    'Le panier est abandonné. Ses numéros de série peuvent être saisis de nouveau à tout moment.',

  'registration.serials.field': 'Numéros de série',
  'registration.serials.hint':
    'Saisissez-en un, ou collez-en autant que vous voulez, sous n’importe quelle forme, jusqu’à {max}. Majuscules et minuscules sont distinctes.',
  'registration.serials.file': 'Ou un fichier de numéros de série',
  'registration.serials.file_hint':
    'CSV ou Excel (.xlsx). La colonne « Numéro de série » est lue ; à défaut, toutes les cellules.',
  'registration.serials.add': 'Ajouter',
  'registration.serials.required': 'Saisissez ou collez un numéro de série, ou choisissez un fichier',
  'registration.serials.nothing_found':
    'Aucun numéro de série n’y figure. Un numéro de série compte de 6 à 40 lettres, chiffres et traits d’union',
  'registration.serials.too_many':
    'Un panier contient au plus {max} numéros de série. Enregistrez d’abord ceux-ci, puis les autres',
  'registration.serials.too_many_unknown':
    'Trop de ces numéros de série sont inconnus. Vérifiez que vous avez choisi la bonne colonne et respecté la casse, puis réessayez dans quelques minutes',
  'registration.serials.unreadable':
    'Ce fichier est illisible. Enregistrez-le au format CSV (UTF-8) ou .xlsx, puis réessayez',
  'registration.serials.added':
    '{added, plural, =0 {Rien de nouveau n’a été ajouté} one {Un numéro de série a été ajouté} many {# de numéros de série ont été ajoutés} other {# numéros de série ont été ajoutés}}.',
  'registration.serials.repeated':
    '{count, plural, one {{serial} figure déjà dans la liste.} many {# figurent déjà dans la liste, par exemple {serial}.} other {# figurent déjà dans la liste, par exemple {serial}.}}',
  'registration.serials.words':
    '{count, plural, one {Un mot sans chiffre a été ignoré.} many {# de mots sans chiffre ont été ignorés.} other {# mots sans chiffre ont été ignorés.}}',
  'registration.serials.removed':
    '{count, plural, =0 {Rien n’a été retiré} one {Un numéro de série a été retiré} many {# de numéros de série ont été retirés} other {# numéros de série ont été retirés}}.',
  'registration.serials.list': 'Numéros de série de ce panier',
  'registration.serials.empty': 'Le panier est vide',
  'registration.serials.empty_text':
    'Les numéros de série que vous ajoutez s’affichent ici, chacun avec son produit et ce qui est possible.',
  'registration.serials.count':
    '{ready, plural, one {# peut être enregistré} many {# peuvent être enregistrés} other {# peuvent être enregistrés}}{refused, plural, =0 {} one { ; # ne le peut pas} many { ; # ne le peuvent pas} other { ; # ne le peuvent pas}}',
  'registration.serials.show_refused': 'Afficher seulement ceux qui ne peuvent pas être enregistrés',
  'registration.serials.show_all': 'Tout afficher',
  'registration.serials.remove_refused': 'Retirer tous ceux qui ne peuvent pas être enregistrés',
  'registration.serials.remove_of': 'Retirer {serial}',
  'registration.serials.refused':
    '{count, plural, one {Un numéro de série ne peut pas être enregistré. Suivez le conseil affiché, ou retirez-le.} many {# de numéros de série ne peuvent pas être enregistrés. Suivez les conseils affichés, ou retirez-les.} other {# numéros de série ne peuvent pas être enregistrés. Suivez les conseils affichés, ou retirez-les.}}',
  'registration.serials.none_yet': 'Ajoutez d’abord au moins un numéro de série.',
  'registration.serials.separated':
    '{serial} attend maintenant dans son propre panier. Ouvrez-le quand vous aurez terminé ici.',

  'registration.column.serial': 'Numéro de série',
  'registration.column.product': 'Produit',
  'registration.column.quantity': 'Quantité',
  'registration.column.outcome': 'Résultat',
  'registration.column.key': 'Clé de licence',
  'registration.column.host': 'Hôte',
  'registration.column.remove': 'Retirer',
  'registration.column.change': 'Modifier',

  'registration.outcome.ready': 'Prêt à enregistrer',
  'registration.outcome.support_only': 'Support seulement',
  'registration.outcome.support_only.text':
    'Ce produit ne demande pas de clé de licence. L’enregistrer vous donne droit au support.',
  'registration.outcome.printed': 'Clé sur le certificat',
  'registration.outcome.printed.text':
    'La clé de licence est imprimée sur votre certificat : il n’y a rien à activer. Vous pouvez l’enregistrer pour le support.',
  'registration.outcome.not_found': 'Introuvable',
  'registration.outcome.not_found.text':
    'Comparez-le à votre certificat : majuscules et minuscules sont distinctes, comme O et 0, I et 1.',
  'registration.outcome.not_found.suggestion': 'Vouliez-vous dire {serial} ?',
  'registration.outcome.not_found.use': 'Utiliser plutôt {serial}',
  'registration.outcome.registered_by_you': 'Déjà à vous',
  'registration.outcome.registered_by_you.text':
    'Votre organisation l’a déjà enregistré. Ouvrez la licence pour voir ses clés.',
  'registration.outcome.registered_by_you.open': 'Ouvrir cette licence',
  'registration.outcome.registered_by_you.rehost': 'Déplacer vers un nouvel hôte',
  'registration.outcome.registered_elsewhere': 'Enregistré ailleurs',
  'registration.outcome.registered_elsewhere.text':
    'Une autre organisation l’a enregistré. Demandez à l’acheteur de partager la licence avec vous, ou écrivez à {email} pour demander un transfert.',
  'registration.outcome.alone': 'À enregistrer seul',
  'registration.outcome.alone.text': 'Ce produit ne peut pas être enregistré avec d’autres.',
  'registration.outcome.alone.separate': 'Déplacer dans son propre panier',
  'registration.outcome.flex': 'Enterprise Flex',
  'registration.outcome.flex.text': 'Il relève d’un contrat Enterprise Flex : c’est là que vous prélevez les licences.',
  'registration.outcome.voucher': 'Bon',
  'registration.outcome.voucher.text': 'C’est un bon, pas un numéro de série : échangez-le dans le Voucher Center.',
  'registration.outcome.revoked': 'Révoqué',
  'registration.outcome.revoked.text':
    'L’éditeur a révoqué cette licence. Écrivez à {email} si vous pensez qu’il s’agit d’une erreur.',
  'registration.outcome.superseded': 'Remplacé',
  'registration.outcome.superseded.text':
    'Un autre numéro de série a pris sa place. Cherchez-le sur un certificat plus récent.',
  'registration.outcome.order_cancelled': 'Commande annulée',
  'registration.outcome.order_cancelled.text':
    'Sa commande a été annulée. Écrivez à {email} si vous détenez toujours la licence.',
  'registration.outcome.external': 'Clé d’un autre service',
  'registration.outcome.external.text':
    'Les clés de ce produit viennent d’un service qui n’est pas relié au portail. Écrivez à {email} pour obtenir la vôtre.',

  'registration.outcome.not_eligible': 'Ne peut pas être mise à niveau',
  'registration.outcome.not_eligible.text': 'La sélection des licences dit pourquoi.',

  'registration.details.lead':
    'À saisir une fois pour toutes les licences de ce panier. Plus bas, vous pouvez modifier une licence en particulier.',
  'registration.details.registered_to': 'Société titulaire',
  'registration.details.registered_to_hint':
    'La société qui utilise les licences ; son nom est signé dans les fichiers de licence.',
  'registration.details.address': 'Adresse d’installation',
  'registration.details.address_hint': 'Là où le logiciel est utilisé.',
  'registration.details.address_search': 'Rechercher une adresse',
  'registration.details.address_show': 'Afficher les adresses',
  'registration.details.address_none': 'Pas encore décidé',
  'registration.details.address_new': 'Une nouvelle adresse',
  'registration.details.address_no_match':
    'Aucune adresse ne contient tous ces mots. Cherchez-en moins, ou saisissez une nouvelle adresse.',
  'registration.details.address_unknown': 'Choisissez l’une des adresses affichées',
  'registration.details.contacts': 'Contacts techniques',
  'registration.details.contacts_hint': 'Ils reçoivent l’e-mail de cet enregistrement et sont connus du support.',
  'registration.contact.legend': 'Contact {n}',
  'registration.contact.name': 'Nom',
  'registration.contact.email': 'Adresse e-mail',
  'registration.contact.phone': 'Téléphone',
  'registration.contact.add': 'Ajouter un contact',
  'registration.contact.required': 'Indiquez au moins un contact',
  'registration.details.product':
    '{product} : {count, plural, one {une licence} many {# de licences} other {# licences}}',
  'registration.hosts.legend': 'Hôtes',
  'registration.hosts.hint':
    'Le fichier de licence ne fonctionne que sur ces hôtes. Laissez la quantité vide pour attribuer tout ce qui reste.',
  'registration.hosts.type': 'Type d’identifiant',
  'registration.hosts.id': 'Identifiant de l’hôte',
  'registration.hosts.quantity': 'Quantité déployée',
  'registration.hosts.add': 'Ajouter un hôte',
  'registration.hosts.too_many': 'Saisissez au plus {max} hôtes',
  'registration.hosts.find': 'Où le trouver',
  'registration.host.mac': 'Adresse MAC',
  'registration.host.mac.find': 'Windows : getmac /v · Linux : ip link · macOS : networksetup -listallhardwareports',
  'registration.host.mac.wrong': 'Saisissez 12 chiffres hexadécimaux, par exemple 00:1a:2b:3c:4d:5e',
  'registration.host.hostname': 'Nom d’hôte',
  'registration.host.hostname.find': 'Sur tous les systèmes : hostname',
  'registration.host.hostname.wrong':
    'Saisissez un nom d’hôte comme build-07 ou build-07.example.com, mais pas localhost',
  'registration.host.ip': 'Adresse IP',
  'registration.host.ip.find': 'Windows : ipconfig · Linux : ip address · macOS : ipconfig getifaddr en0',
  'registration.host.ip.wrong': 'Saisissez une adresse IPv4 ou IPv6 de l’hôte, mais pas 127.0.0.1',
  'registration.host.uuid': 'UUID du système',
  'registration.host.uuid.find':
    'Windows : (Get-CimInstance Win32_ComputerSystemProduct).UUID · Linux : cat /sys/class/dmi/id/product_uuid',
  'registration.host.uuid.wrong':
    'Saisissez un UUID comme 4c4c4544-0042-3510-8054-b7c04f4e3332, pas une suite de zéros',
  'registration.host.machine_id': 'Identifiant machine',
  'registration.host.machine_id.find': 'Linux : cat /etc/machine-id',
  'registration.host.machine_id.wrong': 'Saisissez les 32 chiffres hexadécimaux de /etc/machine-id',
  'registration.host.volume': 'Numéro de série du volume',
  'registration.host.volume.find': 'Windows : vol C:',
  'registration.host.volume.wrong': 'Saisissez huit chiffres hexadécimaux, par exemple 1A2B-3C4D',
  'registration.host.dongle': 'Numéro de la clé matérielle',
  'registration.host.dongle.find': 'Il est imprimé sur la clé matérielle.',
  'registration.host.dongle.wrong': 'Saisissez le numéro imprimé sur la clé matérielle',
  'registration.host.other': 'Identifiant de l’hôte ({type})',
  'registration.problem.host_missing': 'Indiquez au moins un hôte',
  'registration.problem.host_twice': 'Le même hôte figure deux fois',
  'registration.problem.host_quantity': 'Les hôtes dépassent ce que couvre cette licence ({quantity})',
  'registration.problem.host_invalid': 'Un identifiant d’hôte ne correspond pas au type choisi',
  'registration.problem.fields_invalid': 'Une réponse exigée par ce produit manque ou n’est pas valide',
  'registration.problem.relation_invalid':
    'Choisissez une licence de votre organisation à laquelle il peut se rapporter',
  'registration.problem.incomplete': 'Il manque encore quelque chose : voyez les indications ci-dessous.',
  'registration.relation.covers': 'couvre {serial}',
  'registration.relation.renews': 'renouvelle {serial}',
  'registration.relation.none': 'aucune licence pour l’instant',
  'registration.relation.field_covers': 'Licence couverte',
  'registration.relation.field_renews': 'Licence renouvelée',
  'registration.relation.hint':
    'Numéro de série d’une licence de votre organisation ou de ce panier. Vide : aucune pour l’instant.',
  'registration.relation.unknown': 'Votre organisation n’a pas cette licence de {product}',
  'registration.licenses.title': 'Licence par licence',
  'registration.licenses.text': 'Ce qui est saisi plus haut vaut pour chacune, sauf modification ici.',
  'registration.licenses.change': 'Modifier',
  'registration.licenses.change_of': 'Modifier pour {serial}',
  'registration.license.title': 'Modifications pour {serial}',
  'registration.license.lead':
    '{product}, quantité {quantity}. Ce que vous saisissez ici ne vaut que pour cette licence.',
  'registration.license.save': 'Enregistrer pour cette licence',
  'registration.license.reset': 'Reprendre ce qui vaut pour toutes',
  'registration.stale':
    'Ce panier a été modifié dans un autre onglet ou par un collègue. Votre saisie est conservée : vérifiez-la, puis validez de nouveau.',

  'registration.verify.lead': 'Vérifiez tout avant de terminer l’enregistrement. « Modifier » ramène à chaque partie.',
  'registration.verify.contacts': 'Contacts techniques',
  'registration.verify.licenses': 'Licences',
  'registration.verify.more': '{count, plural, one {et une autre} many {et # d’autres} other {et # autres}}',
  'registration.verify.complete': 'Terminer l’enregistrement',
  'registration.verify.consequence':
    '{count, plural, one {Une licence appartiendra} many {# de licences appartiendront} other {# licences appartiendront}} à {organization}. Les clés de licence sont créées aussitôt.',
  'registration.refusal.empty': 'Ce panier ne contient aucun numéro de série.',
  'registration.refusal.refused_serials':
    'Rien n’a été enregistré : certains numéros de série ne peuvent plus l’être. La liste indique pourquoi et à qui s’adresser.',
  'registration.refusal.incomplete': 'Rien n’a encore été enregistré : il manque quelque chose.',
  'registration.refusal.changed':
    'Rien n’a encore été enregistré : le panier a été modifié dans un autre onglet ou par un collègue. Vérifiez-le de nouveau.',
  'registration.refusal.taken':
    'Rien n’a été enregistré : quelqu’un modifiait les mêmes licences. Regardez la liste, puis réessayez.',
  'registration.refusal.pool_empty':
    'Rien n’a été enregistré : l’éditeur n’a plus de clés pour l’un de ces produits. Écrivez à {email} ; votre panier est conservé.',

  'registration.progress.title': 'Enregistrement de vos licences',
  'registration.progress.lead':
    'Les clés de licence sont en cours de création. Rien ne peut être enregistré deux fois, quoi que vous fassiez.',
  'registration.progress.label': 'Clés de licence créées',
  'registration.progress.stalled':
    'Cela prend plus de temps que prévu. Vous pouvez attendre, ou relancer sans aucun risque.',
  'registration.progress.again': 'Relancer',

  'registration.confirmation.lead':
    '{count, plural, one {Une licence est enregistrée} many {# de licences sont enregistrées} other {# licences sont enregistrées}} au nom de {company}.',
  'registration.confirmation.registered': 'Enregistrement effectué le {when} par {name}.',
  'registration.confirmation.keys': 'Numéros de série et clés de licence',
  'registration.confirmation.no_key': 'Pas de clé nécessaire',
  'registration.confirmation.printed': 'Imprimée sur votre certificat',
  'registration.confirmation.files': 'Tous les fichiers de licence (ZIP)',
  'registration.confirmation.csv': 'Numéros de série et clés (CSV)',
  'registration.confirmation.copy_all': 'tous les numéros de série et clés',
  'registration.confirmation.another': 'Enregistrer un autre achat',
  'registration.confirmation.software': 'Obtenir les logiciels',
  'registration.confirmation.catalog': 'Gérer mes licences',
  'registration.email.title': 'Envoyer par e-mail à…',
  'registration.email.field': 'Adresses e-mail',
  'registration.email.hint': 'Jusqu’à {max}, séparées par des virgules ou des espaces.',
  'registration.email.with_keys': 'L’e-mail contient les clés de licence, comme votre organisation l’autorise.',
  'registration.email.without_keys':
    'Votre organisation n’autorise pas les clés dans les e-mails : le message contient les numéros de série et un lien vers cette page.',
  'registration.email.send': 'Envoyer',
  'registration.email.wrong': '« {address} » n’est pas une adresse e-mail',
  'registration.email.too_many': 'Saisissez au plus {max} adresses',
  'registration.email.slower': 'Trop d’e-mails en peu de temps. Patientez un peu, puis réessayez',
  'registration.email.sent':
    '{count, plural, one {Un e-mail est parti} many {# d’e-mails sont partis} other {# e-mails sont partis}}.',

  'registration.csv.serial': 'Numéro de série',
  'registration.csv.product_code': 'Code produit',
  'registration.csv.product': 'Produit',
  'registration.csv.version': 'Version',
  'registration.csv.quantity': 'Quantité',
  'registration.csv.host_type': 'Type d’identifiant d’hôte',
  'registration.csv.host_id': 'Identifiant d’hôte',
  'registration.csv.key': 'Clé de licence',
  'registration.csv.file': 'Fichier de licence',
  'registration.csv.key_id': 'Identifiant de clé',

  'registration.mail.hello': 'Bonjour {name},',
  'registration.mail.purchase.buyer.subject':
    '{count, plural, one {Votre licence est enregistrée} many {Vos # de licences sont enregistrées} other {Vos # licences sont enregistrées}}',
  'registration.mail.purchase.buyer.heading':
    '{count, plural, one {Votre licence est enregistrée} many {Vos # de licences sont enregistrées} other {Vos # licences sont enregistrées}}',
  'registration.mail.purchase.buyer.text':
    '{count, plural, one {Une licence appartient désormais} many {# de licences appartiennent désormais} other {# licences appartiennent désormais}} à {organization}, au nom de {company}.',
  'registration.mail.upgrade.buyer.subject':
    '{count, plural, one {Votre licence est mise à niveau} many {Vos # de licences sont mises à niveau} other {Vos # licences sont mises à niveau}}',
  'registration.mail.upgrade.buyer.heading':
    '{count, plural, one {Votre licence est mise à niveau} many {Vos # de licences sont mises à niveau} other {Vos # licences sont mises à niveau}}',
  'registration.mail.upgrade.buyer.text':
    '{count, plural, one {Une licence de la nouvelle version appartient} many {# de licences de la nouvelle version appartiennent} other {# licences de la nouvelle version appartiennent}} à {organization}, au nom de {company}. Le portail indique jusqu’à quand fonctionnent les anciennes clés.',
  'registration.mail.upgrade.contact.text':
    '{name} a mis à niveau {count, plural, one {une licence} many {# de licences} other {# licences}} pour {company} et vous a désigné comme contact technique. Installez les nouvelles clés avec la nouvelle version.',
  'registration.mail.upgrade.order.subject':
    '{count, plural, one {Une licence} many {# de licences} other {# licences}} de la commande {order} : mise à niveau effectuée',
  'registration.mail.upgrade.order.heading': 'Des licences de votre commande ont été mises à niveau',
  'registration.mail.upgrade.order.text':
    '{count, plural, one {Une licence que vous avez commandée a été mise à niveau} many {# de licences que vous avez commandées ont été mises à niveau} other {# licences que vous avez commandées ont été mises à niveau}} par {organization}.',
  'registration.mail.contact.subject':
    '{count, plural, one {Une licence} many {# de licences} other {# licences}} de {company} : vous êtes contact technique',
  'registration.mail.contact.heading': 'Vous êtes contact technique',
  'registration.mail.purchase.contact.text':
    '{name} a enregistré {count, plural, one {une licence} many {# de licences} other {# licences}} pour {company} et vous a désigné comme contact technique.',
  'registration.mail.purchase.order.subject':
    '{count, plural, one {Une licence} many {# de licences} other {# licences}} de la commande {order} : enregistrement effectué',
  'registration.mail.purchase.order.heading': 'Des licences de votre commande ont été enregistrées',
  'registration.mail.purchase.order.text':
    '{count, plural, one {Une licence que vous avez commandée a été enregistrée} many {# de licences que vous avez commandées ont été enregistrées} other {# licences que vous avez commandées ont été enregistrées}} par {organization}.',
  'registration.mail.order.closing': 'Si vous ne vous y attendiez pas, écrivez à {email} : nous vérifierons aussitôt.',
  'registration.mail.forward.subject': 'Clés de licence envoyées par {name} : {company}',
  'registration.mail.forward.heading': '{name} vous envoie des clés de licence',
  'registration.mail.forward.heading_no_keys': '{name} vous envoie des numéros de série',
  'registration.mail.forward.text':
    '{count, plural, one {Une licence enregistrée} many {# de licences enregistrées} other {# licences enregistrées}} au nom de {company} par {organization}.',
  'registration.mail.keys_in_portal':
    'Par sécurité, cet e-mail ne contient pas de clés de licence. Vous les trouverez dans le portail.',
  'registration.mail.files_in_portal': 'Les fichiers de licence (.slf) vous attendent dans le portail.',
  'registration.mail.more':
    '{count, plural, one {Une autre licence figure} many {# d’autres licences figurent} other {# autres licences figurent}} dans le portail.',
  'registration.mail.action': 'Voir les numéros de série et les clés',
} satisfies Record<keyof typeof en, string>
