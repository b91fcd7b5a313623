import type { security as en } from '../en/security.ts'

export const security = {
  'security.title': 'Connexion et sécurité',
  'security.lead': 'Comment vous vous connectez, et où vous êtes connecté.',
  'security.your_password': 'Votre mot de passe',
  'security.your_password_hint': 'Pour que personne ne le fasse sur un écran que vous auriez laissé ouvert.',
  'security.cancel': 'Annuler',
  'security.sessions.open': 'Voir mes sessions',
  'security.session.password': 'Mot de passe',
  'security.session.code': 'Mot de passe et code',
  'security.session.backup_code': 'Mot de passe et code de secours',
  'security.session.passkey': 'Clé d’accès',
  'security.session.how': 'Connecté avec',
  'security.app.title': 'Application d’authentification',
  'security.app.what':
    'Après votre mot de passe, un code affiché par une application de votre téléphone est demandé. Qui apprend votre mot de passe ne peut alors rien en faire.',
  'security.app.on': 'Activée',
  'security.app.on_since':
    'Depuis le {date}. {left, plural, =0 {Il ne reste aucun code de secours} one {Il reste # code de secours} other {Il reste # codes de secours}}.',
  'security.app.off': 'Désactivée',
  'security.app.set_up': 'Configurer une application d’authentification',
  'security.app.remove': 'Désactiver',
  'security.app.setup.title': 'Configurer une application d’authentification',
  'security.app.setup.lead':
    'Il vous faut une application de codes à usage unique (TOTP), comme en offrent la plupart des gestionnaires de mots de passe.',
  'security.app.setup.start': 'Continuer',
  'security.app.setup.scan': '1. Scannez ceci avec l’application',
  'security.app.setup.qr': 'Code QR pour l’application d’authentification ; la clé ci-dessous dit la même chose',
  'security.app.setup.type':
    'Vous ne pouvez pas le scanner ? Saisissez cette clé dans l’application (basée sur l’heure, 6 chiffres) :',
  'security.app.setup.key': 'la clé',
  'security.app.setup.confirm': '2. Saisissez le code que l’application affiche',
  'security.app.setup.submit': 'Activer',
  'security.app.setup.others': 'Vous serez déconnecté de tous vos autres appareils.',
  'security.app.setup.expired': 'Plus d’une heure s’est écoulée. Veuillez recommencer.',
  'security.app.setup.wrong':
    'Ce n’est pas le code que l’application affiche maintenant. Votre téléphone est-il à l’heure ?',
  'security.app.done': 'L’application d’authentification est activée.',
  'security.app.remove.title': 'Désactiver l’application d’authentification',
  'security.app.remove.lead':
    'Votre mot de passe seul suffira pour vous connecter, et vos codes de secours ne vaudront plus rien. Les parties du portail qui exigent un second facteur vous seront fermées.',
  'security.app.remove.submit': 'Désactiver',
  'security.app.removed': 'L’application d’authentification est désactivée.',
  'security.backup.title': 'Codes de secours',
  'security.backup.lead':
    'Si vous perdez votre téléphone, chacun d’eux vous connecte une fois à la place d’un code. Ils ne sont affichés que maintenant.',
  'security.backup.keep': 'Gardez-les là où vous seul regardez, et pas sur le même téléphone.',
  'security.backup.download': 'Télécharger',
  'security.backup.copy': 'les codes de secours',
  'security.backup.done': 'Je les ai enregistrés',
  'security.backup.file': 'Codes de secours de {email} pour {vendor}, créés le {date}. Chacun sert une seule fois.',
  'security.backup.new': 'Nouveaux codes de secours',
  'security.backup.new.lead': 'Vous recevrez dix nouveaux codes. Ceux que vous avez ne vaudront plus rien.',
  'security.backup.new.submit': 'Créer de nouveaux codes',
  'security.code.title': 'Saisissez votre code',
  'security.code.lead':
    'Votre mot de passe est correct. Saisissez maintenant le code affiché par votre application d’authentification.',
  'security.code.lead_backup':
    'Votre mot de passe est correct. Saisissez maintenant l’un de vos codes de secours ; il ne servira plus ensuite.',
  'security.code.label': 'Code',
  'security.code.label_backup': 'Code de secours',
  'security.code.submit': 'Se connecter',
  'security.code.use_backup': 'Utiliser plutôt un code de secours',
  'security.code.use_app': 'Utiliser plutôt l’application d’authentification',
  'security.code.lost': 'Vous n’avez ni l’une ni l’autre ? L’assistance peut vous aider à rentrer.',
  'security.code.again': 'Se connecter avec un autre compte',
  'security.code.wrong': 'Ce code n’est pas correct ou a déjà servi. Attendez le suivant et réessayez',
  'security.code.wrong_backup': 'Ce code de secours n’est pas correct ou a déjà servi',
  'security.code.late': 'Plus de dix minutes se sont écoulées. Veuillez vous reconnecter.',
  'security.passkeys.title': 'Clés d’accès',
  'security.passkeys.what':
    'Connectez-vous avec votre empreinte, votre visage ou le code PIN de votre appareil, sans mot de passe. Une clé d’accès ne fonctionne que sur ce site : personne ne peut vous la soutirer.',
  'security.passkeys.add': 'Ajouter une clé d’accès',
  'security.passkeys.name': 'Nom',
  'security.passkeys.name_hint': 'Pour distinguer vos clés d’accès, par exemple « portable du bureau ».',
  'security.passkeys.added': 'Ajoutée',
  'security.passkeys.used': 'Dernière utilisation',
  'security.passkeys.never': 'Jamais',
  'security.passkeys.manage': 'Gérer',
  'security.passkeys.manage_of': 'Gérer la clé d’accès {name}',
  'security.passkeys.unnamed': 'Clé d’accès',
  'security.passkeys.add.lead': 'Votre appareil demandera votre empreinte, votre visage ou son code PIN.',
  'security.passkeys.add.submit': 'Continuer sur cet appareil',
  'security.passkeys.unsupported':
    'Les clés d’accès demandent un script, un navigateur récent et HTTPS à une adresse qui est un nom (et non un nombre). L’un d’eux manque ici.',
  'security.passkeys.failed':
    'Aucune clé d’accès n’a été créée ou utilisée : l’opération a été annulée, a duré trop longtemps, ou l’appareil n’en connaît pas pour ce site.',
  'security.passkeys.refused':
    'Cette clé d’accès n’a pas pu être vérifiée. Réessayez ou connectez-vous avec votre mot de passe.',
  'security.passkeys.saved': 'La clé d’accès est ajoutée. Elle peut désormais vous connecter.',
  'security.passkeys.edit.title': 'Clé d’accès',
  'security.passkeys.rename': 'Renommer',
  'security.passkeys.renamed': 'La clé d’accès est renommée.',
  'security.passkeys.remove': 'Supprimer la clé d’accès',
  'security.passkeys.remove.what':
    'Elle ne vous connectera plus. Là où votre appareil la conserve, supprimez-la vous-même.',
  'security.passkeys.removed': 'La clé d’accès est supprimée.',
  'security.passkeys.sign_in': 'Se connecter avec une clé d’accès',
  'security.email.title': 'Adresse e-mail',
  'security.email.now': 'Votre nom d’utilisateur est {email}.',
  'security.email.new': 'Nouvelle adresse e-mail',
  'security.email.new_hint':
    'Les deux adresses reçoivent un lien. Dès que vous avez ouvert les deux, dans les trois jours, la nouvelle est valable.',
  'security.email.submit': 'Envoyer les deux liens',
  'security.email.same': 'C’est déjà votre adresse',
  'security.email.sent':
    'Nous avons envoyé un lien à votre ancienne et à votre nouvelle adresse. Ouvrez les deux dans les trois jours.',
  'security.email.waiting': 'Votre adresse doit devenir {email}. Ouvrez les deux liens jusqu’au {until}.',
  'security.email.old_side': 'Ancienne adresse, {email}',
  'security.email.new_side': 'Nouvelle adresse, {email}',
  'security.email.confirmed': 'Confirmée',
  'security.email.not_yet': 'Attend son lien',
  'security.email.cancel': 'Garder l’ancienne adresse',
  'security.email.cancelled': 'Votre adresse e-mail reste inchangée.',
  'security.email.confirm.title': 'Confirmer la nouvelle adresse e-mail',
  'security.email.confirm.lead': 'Votre nom d’utilisateur passe de {old_email} à {new_email}.',
  'security.email.confirm.side': 'Vous avez ouvert le lien envoyé à {email}.',
  'security.email.confirm.submit': 'Confirmer',
  'security.email.confirm.wait': 'C’est confirmé. Ouvrez maintenant le lien envoyé à {email}.',
  'security.email.confirm.done':
    'Votre nom d’utilisateur est désormais {email}. Vous avez été déconnecté de tous vos autres appareils.',
  'security.email.confirm.taken': 'Cette adresse ne peut plus être utilisée. Votre adresse e-mail reste inchangée.',
  'security.email.expired.title': 'Ce lien ne fonctionne plus',
  'security.email.expired.lead':
    'Il a servi ou a été annulé, date de plus de trois jours, ou appartient à un autre compte que celui où vous êtes connecté.',
  'security.email.expired.back': 'Modifier mon compte',
  'security.data.title': 'Mes données',
  'security.data.what':
    'Tout ce que le portail conserve sur vous, dans un fichier JSON : profil, appartenances, sessions, contrats, commentaires et ce que vous avez fait.',
  'security.data.submit': 'Exporter mes données',
  'security.close.title': 'Fermer le compte',
  'security.close.what':
    'Votre accès et vos données personnelles sont supprimés. Les licences restent à votre organisation.',
  'security.close.lead': 'C’est irréversible.',
  'security.close.consequences': 'Ce qui se passe',
  'security.close.login':
    'Votre accès, vos sessions, vos clés d’accès et vos codes sont supprimés aussitôt. Vous pourrez vous réinscrire avec la même adresse.',
  'security.close.name':
    'Votre nom et votre adresse sont remplacés par « {pseudonym} » dans l’historique ; ce qui a été fait reste lisible.',
  'security.close.licenses':
    'Les licences, leurs clés et leur historique restent à l’organisation. Là où vous êtes contact technique d’une licence, vous le restez jusqu’à ce qu’un collègue le change.',
  'security.close.alone':
    'Personne d’autre ne travaille pour {organization}. Ses licences restent enregistrées à son nom, mais plus personne ne pourra les gérer ici.',
  'security.close.typed': 'Saisissez votre nom d’utilisateur pour confirmer',
  'security.close.typed_wrong': 'Ce n’est pas votre nom d’utilisateur',
  'security.close.submit': 'Fermer mon compte',
  'security.close.done': 'Votre compte est fermé. Au revoir !',
  'security.close.pseudonym': 'Ancien utilisateur {code}',
  'security.close.operator':
    'Cet accès est celui d’un membre du personnel de l’éditeur. Un administrateur du portail y met fin.',
  'security.close.last_administrator':
    'Vous êtes le dernier administrateur de {organizations}. Nommez d’abord un collègue administrateur.',
  'security.close.members': 'Organisation et membres',
  'security.mail.subject': '{heading} ({vendor})',
  'security.mail.action': 'Connexion et sécurité',
  'security.mail.closing':
    'Ce n’était pas vous ? Changez tout de suite votre mot de passe, mettez fin aux sessions que vous ne reconnaissez pas et prévenez notre assistance.',
  'security.mail.second_factor_on.heading': 'Votre application d’authentification est activée',
  'security.mail.second_factor_on.text':
    'Désormais, un code de votre application d’authentification est demandé quand vous vous connectez au portail de licences {vendor}. Vous avez été déconnecté de tous vos autres appareils.',
  'security.mail.second_factor_off.heading': 'Votre application d’authentification est désactivée',
  'security.mail.second_factor_off.text':
    'Le second facteur de votre compte du portail de licences {vendor} a été désactivé. Le mot de passe seul suffit pour se connecter.',
  'security.mail.second_factor_reset.heading': 'Votre second facteur a été supprimé',
  'security.mail.second_factor_reset.text':
    'Votre application d’authentification, vos codes de secours et vos clés d’accès pour le portail de licences {vendor} ont été supprimés par notre assistance, et vous avez été déconnecté partout. Le mot de passe seul suffit : configurez à nouveau un second facteur.',
  'security.mail.backup_codes_renewed.heading': 'Nouveaux codes de secours',
  'security.mail.backup_codes_renewed.text':
    'De nouveaux codes de secours ont été créés pour votre compte du portail de licences {vendor}. Les précédents ne valent plus rien.',
  'security.mail.backup_code_used.heading': 'Un code de secours a servi',
  'security.mail.backup_code_used.text':
    'Quelqu’un, sans doute vous, s’est connecté au portail de licences {vendor} avec l’un de vos codes de secours. {left, plural, =0 {Il n’en reste aucun : créez-en de nouveaux} one {Il en reste #} other {Il en reste #}}.',
  'security.mail.passkey_added.heading': 'Une clé d’accès a été ajoutée',
  'security.mail.passkey_added.text':
    'La clé d’accès « {passkey} » a été ajoutée à votre compte du portail de licences {vendor}. Elle vous connecte sans mot de passe.',
  'security.mail.passkey_removed.heading': 'Une clé d’accès a été supprimée',
  'security.mail.passkey_removed.text':
    'La clé d’accès « {passkey} » de votre compte du portail de licences {vendor} a été supprimée.',
  'security.mail.email.confirm.subject': 'Confirmez votre nouvelle adresse e-mail pour {vendor}',
  'security.mail.email.confirm.heading': 'Confirmez votre nouvelle adresse e-mail',
  'security.mail.email.confirm.text':
    'Le nom d’utilisateur de votre compte du portail de licences {vendor} doit passer de {old_email} à {new_email}.',
  'security.mail.email.confirm.both':
    'Un lien a été envoyé à chacune des deux adresses. Ouvrez les deux dans les trois jours, dans n’importe quel ordre.',
  'security.mail.email.confirm.action_old': 'Confirmer depuis l’ancienne adresse',
  'security.mail.email.confirm.action_new': 'Confirmer depuis la nouvelle adresse',
  'security.mail.email.confirm.closing_old':
    'Ce n’était pas vous ? N’ouvrez pas le lien : sans lui, rien ne change. Mais quelqu’un connaît votre mot de passe : changez-le sur {url}',
  'security.mail.email.confirm.closing_new': 'Vous ne savez pas de quoi il s’agit ? Ne faites rien.',
  'security.mail.email.taken.text':
    'Quelqu’un, sans doute vous, a voulu utiliser l’adresse {email} pour un autre compte du portail de licences {vendor}. Elle en a déjà un : connectez-vous.',
  'security.mail.email.changed.subject': 'Votre adresse e-mail pour {vendor} a été changée',
  'security.mail.email.changed.heading': 'Votre adresse e-mail a été changée',
  'security.mail.email.changed.text':
    'Le nom d’utilisateur de votre compte du portail de licences {vendor} est passé de {old_email} à {new_email}. Vous avez été déconnecté de tous vos autres appareils.',
  'security.mail.email.changed.closing': 'Ce n’était pas vous ? Prévenez tout de suite notre assistance.',
  'security.mail.closed.subject': 'Votre compte {vendor} est fermé',
  'security.mail.closed.heading': 'Votre compte est fermé',
  'security.mail.closed.text':
    'Votre compte du portail de licences {vendor} a été fermé à votre demande et vos données personnelles ont été supprimées. Les licences restent à votre organisation.',
  'security.mail.closed.again': 'Vous pouvez vous réinscrire avec cette adresse à tout moment.',
  'security.mail.closed.closing': 'Ce n’était pas vous ? Prévenez tout de suite notre assistance.',
} satisfies Record<keyof typeof en, string>
