import type { upgrades as source } from '../en/upgrades.ts'

export const upgrades = {
  'upgrades.title': 'Mise à niveau',
  'upgrades.lead':
    'Faites passer vos licences à une nouvelle version. Il vous faut l’identifiant de notification reçu par e-mail.',
  'upgrades.step.products': 'Sélection du produit à mettre à niveau',
  'upgrades.step.selection': 'Sélection des licences à mettre à niveau',
  'upgrades.step.verify': 'Vérification des informations de licence',

  'upgrades.id': 'Identifiant de notification de mise à niveau',
  'upgrades.id.hint':
    'Dans la notification de mise à niveau, envoyée par e-mail : cinq groupes de quatre lettres et chiffres.',
  'upgrades.view': 'Afficher les mises à niveau',
  'upgrades.no_id': 'Vous n’avez pas d’identifiant de notification ?',
  'upgrades.help': 'L’aide',
  'upgrades.help.text': 'affiche les notifications de mise à niveau de votre compte.',
  'upgrades.refused.unknown':
    'Cet identifiant n’ouvre aucune mise à niveau. Comparez-le avec l’e-mail, ou trouvez vos notifications grâce à l’aide ci-dessous',
  'upgrades.refused.expired':
    'Cette notification a expiré. Écrivez à {email} pour qu’elle vous soit renvoyée, ou utilisez l’aide ci-dessous',
  'upgrades.refused.ended':
    'Cette mise à niveau est terminée. L’aide ci-dessous montre ce qui est proposé actuellement',
  'upgrades.refused.paused': 'L’éditeur a suspendu cette mise à niveau. Réessayez plus tard, ou écrivez à {email}',
  'upgrades.refused.not_started': 'Cette mise à niveau n’a pas encore commencé. Votre identifiant servira alors',
  'upgrades.refused.not_published': 'Cette mise à niveau n’est pas encore disponible',
  'upgrades.lookup.unknown':
    'Aucune notification de mise à niveau ne correspond à ces deux numéros. Comparez-les avec votre commande ou votre certificat',

  'upgrades.drafts.title': 'Mises à niveau à reprendre',
  'upgrades.drafts.text':
    'Rien n’est encore mis à niveau. Tout gestionnaire de votre organisation peut les poursuivre.',
  'upgrades.drafts.discard': 'Abandonner cette mise à niveau',
  'upgrades.drafts.discard_of': 'Abandonner cette mise à niveau : {name}',
  'upgrades.drafts.discarded': 'La mise à niveau est abandonnée. Vos licences restent telles quelles.',
  'upgrades.draft.name':
    'Mise à niveau : {count, plural, =0 {rien de sélectionné} one {une licence} many {# de licences} other {# licences}}',

  'upgrades.mine.title': 'Notifications de mise à niveau de votre compte',
  'upgrades.mine.lead': 'Ce que l’éditeur propose pour les licences de vos numéros de client.',
  'upgrades.mine.none': 'Aucune mise à niveau n’est proposée pour vos licences en ce moment',
  'upgrades.mine.none.text':
    'Les mises à niveau apparaissent ici pour vos numéros de client et pour les licences de votre organisation. Vous avez les documents d’un autre numéro de client ? Cherchez sa notification ci-dessous.',
  'upgrades.mine.campaign': 'Mise à niveau',
  'upgrades.mine.customer': 'Numéro de client',
  'upgrades.mine.until': 'Disponible jusqu’au',
  'upgrades.mine.until_open': 'sans fin annoncée',
  'upgrades.mine.available': 'Licences à mettre à niveau',
  'upgrades.mine.open': 'Afficher les mises à niveau',
  'upgrades.mine.open_of': 'Afficher les mises à niveau : {name}',
  'upgrades.lookup.title': 'Trouver une notification d’après votre commande',
  'upgrades.lookup.text': 'Les deux numéros figurent sur la commande et sur le certificat.',
  'upgrades.lookup.customer': 'Numéro de client',
  'upgrades.lookup.order': 'Numéro de commande',
  'upgrades.lookup.find': 'Chercher',

  'upgrades.count': '{count, plural, =0 {aucune licence} one {une licence} many {# de licences} other {# licences}}',
  'upgrades.count_more': 'plus de {count} licences',
  'upgrades.products.lead': '{campaign}, pour {customer} ({number}).',
  'upgrades.products.product': 'Produit',
  'upgrades.products.to': 'Nouvelle version',
  'upgrades.products.released': 'parue le {day}',
  'upgrades.products.available': 'À mettre à niveau',
  'upgrades.products.upgraded': 'Mises à niveau',
  'upgrades.products.action': 'Action',
  'upgrades.products.upgrade': 'Mettre à niveau',
  'upgrades.products.upgrade_of': 'Mettre à niveau {product} vers {version}',
  'upgrades.products.complete': 'Toutes les mises à niveau sont faites',
  'upgrades.products.none_eligible': 'Aucune ne peut être mise à niveau',
  'upgrades.products.see': 'Licences mises à niveau et propriétaires',
  'upgrades.products.see_why': 'Pourquoi pas',
  'upgrades.products.see_others': 'Pourquoi pas les autres',
  'upgrades.products.see_of': '{what} : {product} vers {version}',
  'upgrades.products.none': 'Aucune licence ne relève de cette mise à niveau',
  'upgrades.products.none.text':
    'Sous ce numéro de client, votre organisation ne voit aucune licence d’une version à mettre à niveau.',
  'upgrades.products.overlap':
    '{days, plural, =0 {Les anciennes clés de licence cessent de fonctionner avec la mise à niveau.} one {Les anciennes clés de licence fonctionnent encore un jour à côté des nouvelles.} many {Les anciennes clés de licence fonctionnent encore # de jours à côté des nouvelles.} other {Les anciennes clés de licence fonctionnent encore # jours à côté des nouvelles.}}',
  'upgrades.products.until': 'Disponible jusqu’au {day}.',
  'upgrades.closed.title': 'Rien ne peut être mis à niveau pour l’instant',
  'upgrades.closed.expired': 'La notification a expiré. Écrivez à {email} pour qu’elle vous soit renvoyée.',
  'upgrades.closed.ended': 'La mise à niveau est terminée.',
  'upgrades.closed.paused': 'L’éditeur a suspendu la mise à niveau. Votre sélection est conservée.',
  'upgrades.closed.not_started': 'La mise à niveau commence le {day}.',
  'upgrades.closed.not_published': 'La mise à niveau n’est pas encore disponible.',
  'upgrades.closed.now': 'Cette mise à niveau a été fermée entre-temps : rien n’a changé.',

  'upgrades.upgraded.title': 'Licences mises à niveau et propriétaires',
  'upgrades.upgraded.lead': '{product} {from} vers {to}',
  'upgrades.upgraded.old': 'Ancien numéro de série',
  'upgrades.upgraded.new': 'Nouveau numéro de série',
  'upgrades.upgraded.quantity': 'Quantité',
  'upgrades.upgraded.owner': 'Propriétaire',
  'upgrades.upgraded.elsewhere': 'Une autre organisation',
  'upgrades.upgraded.by': '{when}, par {name}',
  'upgrades.upgraded.when': 'Mise à niveau',
  'upgrades.upgraded.none': 'Rien n’a encore été mis à niveau',
  'upgrades.not_eligible.title': 'Licences qui ne peuvent pas être mises à niveau',
  'upgrades.not_eligible.text':
    'Enregistrez un renouvellement de maintenance sous Obtenir une clé de licence : la mise à niveau est aussitôt ouverte à la licence. Questions : {email}.',
  'upgrades.not_eligible.reason': 'Raison',
  'upgrades.not_eligible.none': 'Toutes les licences que vous voyez peuvent être mises à niveau, ou le sont déjà',

  'upgrades.refusal.revoked': 'La licence est révoquée',
  'upgrades.refusal.superseded': 'Une licence plus récente l’a remplacée',
  'upgrades.refusal.order_cancelled': 'Sa commande a été annulée',
  'upgrades.refusal.upgraded': 'Déjà mise à niveau',
  'upgrades.refusal.kind': 'La mise à niveau ne concerne pas les licences de ce type',
  'upgrades.refusal.country': 'La mise à niveau n’est pas proposée dans le pays de ce client',
  'upgrades.refusal.ended': 'La licence a pris fin le {day}',
  'upgrades.refusal.planned': 'La licence commence le {day}',
  'upgrades.refusal.no_maintenance':
    'La licence est sans maintenance. Les versions parues après l’achat en exigent une',
  'upgrades.refusal.maintenance_lapsed':
    'La maintenance a pris fin le {day}, avant la parution de la version ({released}). Renouvelez-la pour mettre à niveau',

  'upgrades.selection.lead': '{product} {from} vers {to_product} {to}. Cochez les licences à mettre à niveau.',
  'upgrades.selection.licenses': 'Licences au choix',
  'upgrades.selection.search': 'Chercher un numéro de série, une société ou un hôte',
  'upgrades.selection.show': 'Chercher',
  'upgrades.selection.serial': 'Numéro de série',
  'upgrades.selection.quantity': 'Quantité à mettre à niveau',
  'upgrades.selection.quantity_of': 'Quantité à mettre à niveau de {serial}',
  'upgrades.selection.of': 'sur {quantity}',
  'upgrades.selection.owner': 'Enregistrée au nom de',
  'upgrades.selection.unowned': 'Personne encore : elle appartiendra à votre organisation',
  'upgrades.selection.maintenance': 'Maintenance jusqu’au',
  'upgrades.selection.hosts': 'Hôtes',
  'upgrades.selection.chosen':
    '{count, plural, =0 {Rien n’est encore sélectionné.} one {Une licence est sélectionnée, quantité {quantity}.} many {# de licences sont sélectionnées, quantité {quantity}.} other {# licences sont sélectionnées, quantité {quantity}.}}',
  'upgrades.selection.all': 'Tout sélectionner',
  'upgrades.selection.all_found': 'Sélectionner tout ce qui est trouvé',
  'upgrades.selection.nothing': 'Ne rien sélectionner',
  'upgrades.selection.keep': 'Garder la sélection',
  'upgrades.selection.kept': 'Votre sélection est gardée.',
  'upgrades.selection.added':
    '{count, plural, =0 {Il ne restait rien à sélectionner.} one {Une licence a été sélectionnée.} many {# de licences ont été sélectionnées.} other {# licences ont été sélectionnées.}}',
  'upgrades.selection.full':
    'Une mise à niveau prend au plus {max} licences. Terminez d’abord celle-ci, puis les autres licences.',
  'upgrades.selection.next': 'Mettre à niveau',
  'upgrades.selection.none': 'Aucune licence ne peut être mise à niveau',
  'upgrades.selection.none.text': 'La sélection du produit dit pourquoi.',
  'upgrades.selection.not_found': 'Aucune licence ne contient ce texte',
  'upgrades.selection.empty': 'Cochez d’abord au moins une licence',
  'upgrades.selection.quantity_wrong': 'Saisissez un nombre entier de 1 à {max}',
  'upgrades.selection.changed':
    'Certaines de ces licences ne peuvent plus être mises à niveau ainsi. La liste montre ce qui reste de chacune',
  'upgrades.selection.problem.refused_serials':
    'Rien n’a été mis à niveau : certaines licences sélectionnées ne peuvent plus l’être. Elles sont signalées ci-dessous.',
  'upgrades.selection.problem.empty': 'Cochez d’abord au moins une licence.',
  'upgrades.selection.problem.taken':
    'Rien n’a été mis à niveau : quelqu’un d’autre modifiait les mêmes licences. Regardez la liste, puis réessayez.',
  'upgrades.selection.problem.pool_empty':
    'Rien n’a été mis à niveau : l’éditeur n’a plus de clés pour ce produit. Écrivez à {email} ; votre sélection est conservée.',

  'upgrades.details.lead':
    'Rempli d’après vos licences actuelles. Cela vaut pour toutes les nouvelles, sauf changement pour l’une d’elles plus bas.',
  'upgrades.verify.lead': 'Vérifiez tout avant de terminer la mise à niveau. Modifier ramène à chaque partie.',
  'upgrades.verify.from': 'remplace {product}',
  'upgrades.verify.ready': 'Prête à mettre à niveau',
  'upgrades.verify.address': 'Comme avant, pour chaque licence',
  'upgrades.verify.consequence':
    '{count, plural, one {Une licence reçoit} many {# de licences reçoivent} other {# licences reçoivent}} aussitôt un nouveau numéro de série et de nouvelles clés pour {organization}. Les anciennes clés fonctionnent jusqu’au {until}, puis les anciennes licences sont closes.',
  'upgrades.verify.consequence_now':
    '{count, plural, one {Une licence reçoit} many {# de licences reçoivent} other {# licences reçoivent}} aussitôt un nouveau numéro de série et de nouvelles clés pour {organization}. Les anciennes clés cessent de fonctionner.',

  'upgrades.confirmation.another': 'Mettre à niveau d’autres licences',

  'upgrades.license.title': 'Mise à niveau',
  'upgrades.license.lead': 'Ce que l’éditeur propose pour cette licence.',
  'upgrades.license.until': 'Disponible jusqu’au',
  'upgrades.license.state': 'Pour cette licence',
  'upgrades.license.possible': 'peut être mise à niveau, quantité {left}',
  'upgrades.license.none': 'Aucune mise à niveau n’est proposée pour cette version en ce moment',
  'upgrades.license.none.text': 'Dès qu’il y en a une, elle figure ici et dans votre catalogue de licences.',
  'upgrades.license.done.title': 'Déjà mise à niveau',
  'upgrades.license.done':
    'La quantité {quantity} sur {total} est passée à {version} le {day} ; les anciennes clés fonctionnent jusqu’au {until}.',
  'upgrades.license.done_settled': 'La quantité {quantity} est passée à {version} le {day}.',
  'upgrades.license.new': 'Nouveau numéro de série : {serial}',
  'upgrades.license.end': 'Mettre fin aux anciennes clés',
  'upgrades.license.end.text':
    'Faites-le quand la nouvelle version fonctionne partout. Les anciennes clés cessent aussitôt de fonctionner, sans retour possible.',
  'upgrades.license.ended': 'Les anciennes clés prennent fin d’ici une minute.',

  'upgrades.offer': 'Mise à niveau vers {version}',
  'upgrades.offer_for': '{offer} : {serial}',
  'upgrades.offer_of': 'Mettre à niveau {serial} vers {version}',
  'upgrades.option.none': 'Aucune mise à niveau n’est proposée pour cette version en ce moment.',
} satisfies Record<keyof typeof source, string>
