import type { deployments as en } from '../en/deployments.ts'

export const deployments = {
  'deployments.rehost.title': 'Déplacer vers un nouvel hôte',
  'deployments.rehost.lead': 'La clé de l’ancien hôte est retirée et le nouvel hôte reçoit la sienne, aussitôt.',
  'deployments.rehost.from': 'Depuis quel hôte se fait le déplacement ?',
  'deployments.rehost.is_temporary':
    '{quantity} ; clé temporaire tant que la demande n’est pas décidée, ne peut être déplacée',
  'deployments.rehost.quantity': 'Quantité à déplacer',
  'deployments.rehost.quantity_hint':
    'Laissez vide pour tout déplacer. Ce qui reste continue de fonctionner sur l’ancien hôte avec une nouvelle clé.',
  'deployments.rehost.reason': 'Pourquoi faut-il un déplacement de plus ?',
  'deployments.rehost.reason_hint':
    'La personne qui décide lira ceci : ce qui est arrivé à l’ancien hôte, et depuis quand.',
  'deployments.rehost.removed': 'La licence est retirée de l’ancien hôte, ou le sera tout de suite',
  'deployments.rehost.confirm_required': 'Confirmez que la licence est retirée de l’ancien hôte',
  'deployments.rehost.happens.revoked':
    'La clé de l’ancien hôte est retirée aussitôt et inscrite sur la liste publique de révocation.',
  'deployments.rehost.happens.new': 'Le nouvel hôte reçoit sa clé aussitôt.',
  'deployments.rehost.happens.counted':
    'Un déplacement est utilisé : {left, plural, =0 {il n’en reste aucun ensuite} one {il en reste un ensuite} other {il en reste # ensuite}}.',
  'deployments.rehost.happens.request': 'Une demande est ouverte ; l’éditeur décide et vous recevez un e-mail.',
  'deployments.rehost.happens.temporary':
    'Le nouvel hôte reçoit aussitôt une clé temporaire de {days} jours, prolongée jusqu’à la décision.',
  'deployments.rehost.happens.refused':
    'Si la demande est refusée, l’ancien hôte retrouve sa clé et la clé temporaire prend fin.',
  'deployments.rehost.happens.mail': 'Les contacts techniques et les administrateurs reçoivent un e-mail.',
  'deployments.rehost.submit': 'Déplacer maintenant',
  'deployments.rehost.submit_over': 'Demander le déplacement et obtenir une clé temporaire',

  'deployments.allowance.used':
    'Déplacements utilisés en {months, plural, one {un mois} other {# mois}} : {used, number} sur {allowed, number}',
  'deployments.allowance.next': 'Le prochain redevient disponible le {day}.',
  'deployments.allowance.over':
    'Vous pouvez déplacer quand même : un déplacement de plus est demandé à l’éditeur, et le nouvel hôte reçoit aussitôt une clé temporaire.',

  'deployments.deploy.title': 'Déployer sur un hôte supplémentaire',
  'deployments.deploy.lead':
    'Attribue à un hôte supplémentaire une partie de la quantité qu’aucun hôte n’utilise encore. Cela ne compte pas comme déplacement.',
  'deployments.deploy.quantity': 'Quantité pour cet hôte',
  'deployments.deploy.quantity_hint': 'Laissez vide pour utiliser tout ce qui reste : {left}.',
  'deployments.deploy.happens.new': 'L’hôte reçoit sa clé aussitôt ; les clés des autres hôtes restent inchangées.',
  'deployments.deploy.submit': 'Déployer maintenant',
  'deployments.deploy.link': 'Déployer plutôt sur un hôte supplémentaire',

  'deployments.split.title': 'Diviser la quantité',
  'deployments.split.lead': 'Une partie de la quantité devient une licence à part, avec un nouveau numéro de série.',
  'deployments.split.hosts': 'Hôtes qui partent avec elle',
  'deployments.split.hosts_hint':
    'Un hôte part avec tout ce qu’il a, pour qu’aucun hôte ne dépende de deux licences. Pour en diviser un, déplacez d’abord une partie vers un autre hôte.',
  'deployments.split.quantity': 'Quantité de la nouvelle licence',
  'deployments.split.quantity_hint': 'De 1 à {most} ; {serial} garde le reste.',
  'deployments.split.free': 'Quantité sans hôte qui part avec elle',
  'deployments.split.free_hint': 'Aucun hôte n’utilise encore {left}.',
  'deployments.split.happens.serial':
    'La nouvelle licence a les mêmes produit, dates, maintenance, propriétaire, adresse et contacts, et indique d’où elle vient.',
  'deployments.split.happens.keys_all':
    'Les clés des deux sont refaites ; l’ancienne est remplacée. Installez les deux nouvelles.',
  'deployments.split.happens.keys_hosts':
    'Les hôtes qui partent reçoivent de nouvelles clés sous le nouveau numéro de série ; les autres gardent les leurs.',
  'deployments.split.happens.moves': 'Les déplacements déjà utilisés comptent pour les deux licences.',
  'deployments.split.happens.undo': 'Deux licences ne peuvent plus être réunies.',
  'deployments.split.submit': 'Diviser maintenant',

  'deployments.return.title': 'Restituer',
  'deployments.return.lead':
    'Restitue la licence, pour que quiconque détient son numéro de série puisse l’enregistrer à nouveau.',
  'deployments.return.happens.keys':
    'Toutes ses clés sont retirées aussitôt ; le logiciel s’arrête à sa prochaine vérification.',
  'deployments.return.happens.owner':
    '{organization} n’en est plus propriétaire et ne la voit plus ; contacts et réponses sont effacés.',
  'deployments.return.happens.register': 'Quiconque détient le numéro de série peut l’enregistrer, vous aussi.',
  'deployments.return.happens.counted':
    'Elle a une clé liée à un hôte : cela utilise un de ses déplacements vers un nouvel hôte.',
  'deployments.return.serial': 'Saisissez le numéro de série pour confirmer',
  'deployments.return.not_typed': 'Saisissez {serial} exactement tel quel',
  'deployments.return.submit': 'Restituer cette licence',
  'deployments.return.done': '{serial} a été restituée. Elle peut être enregistrée à nouveau avec son numéro de série.',

  'deployments.reissue.title': 'Réémettre le fichier',
  'deployments.reissue.lead': 'Refait les clés de cette licence avec ce qui vaut aujourd’hui.',
  'deployments.reissue.company': 'Enregistrée au nom de',
  'deployments.reissue.maintenance': 'Maintenance jusqu’au',
  'deployments.reissue.happens.anew':
    '{count, plural, one {Sa clé est refaite avec les données ci-dessus ; l’ancienne est remplacée.} other {Ses # clés sont refaites avec les données ci-dessus ; les anciennes sont remplacées.}}',
  'deployments.reissue.happens.install': 'Installez les nouvelles partout où se trouvent les anciennes.',
  'deployments.reissue.submit': 'Réémettre maintenant',
  'deployments.reissue.too_often':
    'Les clés de cette licence ont été refaites dix fois en une journée. Réessayez demain.',

  'deployments.done.rehost': 'La licence a été déplacée',
  'deployments.done.request': 'Votre demande est chez l’éditeur',
  'deployments.done.deploy': 'L’hôte a sa clé',
  'deployments.done.split': 'La licence a été divisée',
  'deployments.done.reissue': 'Les clés ont été refaites',
  'deployments.done.rehost.text':
    'Installez la nouvelle clé sur le nouvel hôte. Si l’ancien hôte garde une partie, installez-y aussi sa nouvelle clé.',
  'deployments.done.request.text':
    'Installez la clé temporaire sur le nouvel hôte ; elle fonctionne jusqu’au {day}. La demande {number} attend l’éditeur : vous recevrez un e-mail, et la clé est prolongée jusque-là.',
  'deployments.done.deploy.text': 'Installez cette clé sur l’hôte.',
  'deployments.done.split.text':
    'Voici la nouvelle licence. Elle vient de {from}. Là où des clés ont été refaites, installez les nouvelles ; les anciennes sont remplacées.',
  'deployments.done.reissue.text':
    'Installez ces clés partout où se trouvent les anciennes ; celles-ci sont remplacées.',
  'deployments.done.keys': 'Nouvelles clés',
  'deployments.done.no_keys': 'Aucune clé n’était à faire',
  'deployments.done.open': 'Ouvrir la licence',
  'deployments.done.open_from': 'Ouvrir {serial}',
  'deployments.done.open_request': 'Ouvrir la demande',
  'deployments.done.until': 'Valable jusqu’au',
  'deployments.done.key': 'Clé de licence',
  'deployments.done.host': 'Hôte',

  'deployments.what_happens': 'Ce qui se passe quand vous appuyez sur le bouton',
  'deployments.changed':
    'Cette licence a été modifiée entre-temps, dans un autre onglet ou par un collègue ; rien n’a été fait. Vous voyez maintenant son état actuel : vérifiez-le, puis appuyez de nouveau sur le bouton.',
  'deployments.host_in_use':
    'Cet hôte a déjà une clé de cette licence. Choisissez-en un autre, ou attendez la décision sur la demande ouverte',
  'deployments.same_host': 'C’est l’hôte sur lequel elle se trouve déjà',
  'deployments.quantity_wrong': 'Saisissez une quantité entre 1 et ce qu’il y a',
  'deployments.nothing_left': 'Cette licence doit garder quelque chose : laissez au moins 1',
  'deployments.nothing_chosen': 'Choisissez ce qui part : un hôte, ou une quantité',
  'deployments.unknown_key': 'Cet hôte a une autre clé depuis. Choisissez à nouveau',

  'deployments.refused.title': 'Impossible pour cette licence',
  'deployments.refused.not_owner': 'Seule l’organisation propriétaire de la licence peut la rendre.',
  'deployments.refused.not_bound':
    'Ses clés ne sont liées à aucun hôte : installez la même clé sur le nouvel ordinateur, et retirez-la de l’ancien.',
  'deployments.refused.no_key': 'Ce produit n’a pas besoin de clé de licence : il n’y a rien à changer.',
  'deployments.refused.nothing_signed':
    'Ce genre de clé ne dit rien de la société ni de la maintenance : une nouvelle ne changerait rien. Celle qui est affichée reste valable.',
  'deployments.refused.pool_key':
    'Sa clé a été faite d’avance par l’éditeur, pour toute la quantité ; elle ne peut être ni divisée ni reprise. Écrivez à {email}.',
  'deployments.refused.printed_key':
    'Sa clé est imprimée sur le certificat, pour toute la quantité, et ne peut être divisée. Écrivez à {email}.',
  'deployments.refused.external': 'Les clés de ce produit viennent d’un autre service. Écrivez à {email}.',
  'deployments.refused.revoked':
    'L’éditeur a révoqué cette licence. Écrivez à {email} si vous pensez que c’est une erreur.',
  'deployments.refused.superseded': 'Une autre licence a pris sa place. Utilisez celle-là.',
  'deployments.refused.ended': 'Sa durée est écoulée. Renouvelez-la d’abord.',
  'deployments.refused.nothing_deployed': 'Aucun hôte n’en a encore de clé : il n’y a rien à déplacer ni à refaire.',
  'deployments.refused.all_deployed': 'Toute sa quantité est utilisée sur des hôtes. Déplacez-en plutôt une partie.',
  'deployments.refused.single': 'Sa quantité est 1, elle ne peut être divisée.',
  'deployments.refused.request_open':
    'Une demande pour un déplacement de plus de cette licence n’est pas encore décidée. Attendez la décision.',
  'deployments.refused.upgrading':
    'Une partie est en cours de mise à niveau. Une fois les anciennes clés closes, elle pourra être modifiée.',
  'deployments.downgrade.title': 'Utiliser une version antérieure',
  'deployments.downgrade.lead':
    'Crée des clés d’une version antérieure sous la même licence, comme votre contrat le permet.',
  'deployments.downgrade.version': 'Version',
  'deployments.downgrade.own': '{version}, celle de la licence',
  'deployments.downgrade.keys': 'Clés à refaire',
  'deployments.downgrade.key': 'La clé de licence',
  'deployments.downgrade.is': 'actuellement version {version}',
  'deployments.downgrade.happens.keys':
    'Les clés choisies sont refaites pour cette version ; les anciennes sont remplacées.',
  'deployments.downgrade.happens.license':
    'La licence reste de version {version} : vous pouvez y revenir ici à tout moment.',
  'deployments.downgrade.submit': 'Créer les clés',
  'deployments.downgrade.unknown_version': 'Choisissez une des versions affichées',
  'deployments.downgrade.same_version': 'Les clés choisies sont déjà pour cette version',
  'deployments.done.downgrade': 'Les clés sont faites pour la version choisie',
  'deployments.done.downgrade.text': 'Installez-les partout où sont les anciennes.',
  'deployments.refused.no_downgrade': 'Ce produit n’autorise pas les clés de versions antérieures.',
  'deployments.refused.no_earlier': 'Il n’existe pas de version antérieure de ce produit.',
  'deployments.refused.related':
    'Elle est liée à une autre licence par une maintenance ou un renouvellement. Écrivez à {email} pour faire changer les deux ensemble.',
  'deployments.refused.allowance_used':
    'La restituer compte comme déplacement, et tous sont utilisés. Déplacez-la plutôt vers un nouvel hôte, ou attendez qu’un déplacement soit disponible.',
  'deployments.refused.allowance_used_until':
    'La restituer compte comme déplacement, et tous sont utilisés. Déplacez-la plutôt vers un nouvel hôte, ou attendez le {day}.',

  'deployments.request.gone': 'Il n’y a plus de clé temporaire : la licence a été révoquée ou a changé de mains.',
  'deployments.request.changed': 'La licence a été modifiée au même instant. Appuyez de nouveau sur le bouton.',

  'deployments.fact.product': 'Produit',
  'deployments.fact.serial': 'Numéro de série',
  'deployments.fact.new_serial': 'Nouveau numéro de série',
  'deployments.fact.from': 'Ancien hôte',
  'deployments.fact.to': 'Nouvel hôte',
  'deployments.fact.quantity': 'Quantité',
  'deployments.fact.until': 'Valable jusqu’au',
  'deployments.fact.reason': 'Motif',
  'deployments.fact.allowance': 'Déplacements',
  'deployments.fact.temporary_until': 'Clé temporaire jusqu’au',

  'deployments.mail.hello': 'Bonjour {name},',
  'deployments.mail.action': 'Ouvrir la licence',
  'deployments.mail.rehosted.subject': '{serial} a été déplacée vers un nouvel hôte',
  'deployments.mail.rehosted.text':
    '{by} a déplacé cette licence de {from} vers {to}. Installez le nouveau fichier de licence sur {to} et retirez l’ancien de {from} : il n’est plus valable.',
  'deployments.mail.temporary.subject': '{serial} a une clé temporaire sur son nouvel hôte',
  'deployments.mail.temporary.text':
    '{by} a déplacé cette licence de {from} vers {to}, plus souvent que le produit ne le permet. La question est posée à l’éditeur ; jusqu’à sa décision, {to} fonctionne avec un fichier de licence temporaire. Celui de {from} est retiré.',
  'deployments.mail.extended.subject': 'La clé temporaire de {serial} a été prolongée',
  'deployments.mail.extended.text':
    'Le déplacement vers {to} n’est pas encore décidé : son fichier de licence temporaire a été refait pour quelques jours de plus. Veuillez l’installer sur {to}.',
  'deployments.mail.final.subject': 'Le déplacement de {serial} a été accepté',
  'deployments.mail.final.text':
    '{to} a maintenant son fichier de licence définitif. Veuillez l’installer à la place du fichier temporaire.',
  'deployments.mail.restored.subject': 'Le déplacement de {serial} a été annulé',
  'deployments.mail.restored.text':
    'Le déplacement n’a pas été accordé. {to} retrouve son fichier de licence : veuillez l’y installer. Le fichier temporaire de {from} a pris fin.',
  'deployments.mail.deployed.subject': '{serial} a été déployée sur un hôte supplémentaire',
  'deployments.mail.deployed.text':
    '{by} a attribué à {to} une partie de cette licence. Installez-y le fichier de licence.',
  'deployments.mail.split.subject': '{serial} a été divisée',
  'deployments.mail.split.text':
    '{by} a fait d’une partie de cette licence une licence à part. Là où des clés ont été refaites, les anciennes sont remplacées : installez les nouvelles.',
  'deployments.mail.returned.subject': '{serial} a été restituée',
  'deployments.mail.returned.text':
    '{by} a restitué cette licence. Ses clés sont retirées ; quiconque détient le numéro de série peut l’enregistrer à nouveau.',
  'deployments.mail.reissued.subject': 'Les clés de {serial} ont été refaites',
  'deployments.mail.reissued.text':
    '{by} a fait refaire les clés de cette licence. Installez les nouvelles : les anciennes sont remplacées.',
} satisfies Record<keyof typeof en, string>
