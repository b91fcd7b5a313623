import type { accounts as en } from '../en/accounts.ts'

export const accounts = {
  'accounts.sign_in.title': 'Connexion à votre compte',
  'accounts.sign_in.lead':
    'Enregistrez vos achats, obtenez des clés de licence et gérez les licences de votre organisation.',
  'accounts.sign_in.submit': 'Se connecter',
  'accounts.sign_in.remember': 'Rester connecté sur cet appareil',
  'accounts.sign_in.remember_hint': 'Pendant sept jours. À éviter sur un ordinateur partagé.',
  'accounts.sign_in.forgot': 'Mot de passe oublié ?',
  'accounts.sign_in.new_here': 'Première visite ?',
  'accounts.sign_in.create': 'Créer un compte',
  'accounts.sign_in.refused':
    'Le nom d’utilisateur ou le mot de passe est incorrect. La casse compte ; en cas de doute, choisissez un nouveau mot de passe.',
  'accounts.sign_in.password_set':
    'Votre nouveau mot de passe est en place et toutes vos sessions sont fermées. Connectez-vous.',
  'accounts.sign_in.signed_out': 'Vous êtes déconnecté.',
  'accounts.sign_in.declined':
    'Vous avez refusé les conditions d’utilisation. Aucun compte n’a été créé et rien n’a été conservé.',
  'accounts.user_name': 'Nom d’utilisateur (adresse e-mail)',
  'accounts.email': 'Adresse e-mail (ce sera votre nom d’utilisateur)',
  'accounts.password': 'Mot de passe',
  'accounts.new_password': 'Nouveau mot de passe',
  'accounts.current_password': 'Mot de passe actuel',
  'accounts.password.hint':
    'Au moins {min} caractères. Plusieurs mots font un bon mot de passe ; n’en reprenez pas un que vous utilisez ailleurs.',
  'accounts.password.weak':
    'Ce mot de passe est trop facile à deviner. Utilisez plusieurs mots, sans votre nom, votre adresse e-mail ni votre société',
  'accounts.password.wrong': 'Ce n’est pas votre mot de passe actuel',
  'accounts.given_name': 'Prénom',
  'accounts.family_name': 'Nom',
  'accounts.company': 'Société',
  'accounts.company_hint': 'Vos licences lui appartiendront. Vous en devenez l’administrateur.',
  'accounts.country': 'Pays',
  'accounts.phone': 'Téléphone',
  'accounts.phone.invalid': 'Saisissez un numéro de téléphone, par exemple +33 1 99 00 12 34',
  'accounts.language': 'Langue des pages et des e-mails',
  'accounts.time_zone': 'Fuseau horaire',
  'accounts.create.title': 'Créer un compte',
  'accounts.create.lead':
    'Un seul compte pour toutes les applications. Les conditions d’utilisation s’affichent à l’étape suivante.',
  'accounts.create.invited':
    'Vous rejoignez {organization} dès que votre adresse est confirmée. Après cette page, vous verrez les conditions d’utilisation.',
  'accounts.create.you': 'À propos de vous',
  'accounts.create.organization': 'Votre organisation',
  'accounts.create.login': 'Vos identifiants',
  'accounts.create.settings': 'Langue et heure',
  'accounts.create.submit': 'Continuer vers les conditions d’utilisation',
  'accounts.create.have_account': 'J’ai déjà un compte',
  'accounts.create.expired':
    'Le formulaire est resté ouvert plus de 30 minutes. Rien n’a été conservé : veuillez le remplir de nouveau.',
  'accounts.agreement.title': 'Conditions d’utilisation',
  'accounts.agreement.lead':
    'Version {version}, en vigueur depuis le {date}. Lisez-la jusqu’à la fin, puis acceptez-la ou refusez-la.',
  'accounts.agreement.new_lead':
    'Les conditions d’utilisation ont une nouvelle version : {version}, en vigueur depuis le {date}. Acceptez-la pour continuer.',
  'accounts.agreement.accept': 'Accepter',
  'accounts.agreement.decline': 'Refuser',
  'accounts.agreement.read_first': 'Cochez cette case après avoir lu le texte jusqu’à la fin',
  'accounts.agreement.changed':
    'Les conditions d’utilisation ont changé pendant votre lecture. Voici la nouvelle version.',
  'accounts.agreement.declined':
    'Vous avez refusé la nouvelle version des conditions d’utilisation et avez été déconnecté.',
  'accounts.created.title': 'Votre compte est créé',
  'accounts.created.lead': 'Il reste une étape : confirmer votre adresse e-mail.',
  'accounts.created.text':
    'Nous avons envoyé un message avec un lien à {email}. Ouvrez-le dans les trois jours. Rien reçu ? Regardez dans les indésirables ou faites-le renvoyer.',
  'accounts.created.continue': 'Continuer',
  'accounts.created.resend': 'Renvoyer le message',
  'accounts.confirm.title': 'Confirmez votre adresse e-mail',
  'accounts.confirm.lead': 'Vous montrez ainsi que {email} est bien à vous.',
  'accounts.confirm.password_hint': 'Celui que vous avez choisi en créant le compte.',
  'accounts.confirm.submit': 'Confirmer et se connecter',
  'accounts.confirm.submit_signed_in': 'Confirmer',
  'accounts.confirm.done': 'Votre adresse e-mail est confirmée. Bienvenue !',
  'accounts.confirm.not_yours':
    'Vous n’avez pas créé ce compte ? Ne confirmez rien : choisissez votre propre mot de passe, et le compte ne sera qu’à vous.',
  'accounts.confirm.expired.title': 'Ce lien ne fonctionne plus',
  'accounts.confirm.expired.lead': 'Il a plus de trois jours ou a été tronqué en chemin. Faites-en envoyer un nouveau.',
  'accounts.resend.title': 'Confirmez d’abord votre adresse',
  'accounts.resend.lead': 'Saisissez l’adresse e-mail de votre compte : nous renverrons le lien de confirmation.',
  'accounts.resend.waiting':
    'Vous êtes connecté, mais {email} n’est pas encore confirmée. Ouvrez le lien de notre message ou faites-le renvoyer.',
  'accounts.resend.submit': 'Renvoyer le lien',
  'accounts.resend.sent':
    'Si un compte attend la confirmation de cette adresse, un message est en route. Cela peut prendre quelques minutes.',
  'accounts.forgot.title': 'Choisir un nouveau mot de passe',
  'accounts.forgot.lead': 'Saisissez l’adresse e-mail de votre compte : nous vous enverrons un lien.',
  'accounts.forgot.submit': 'Envoyer le lien',
  'accounts.forgot.back': 'Retour à la connexion',
  'accounts.forgot.sent':
    'Si cette adresse a un compte, un message avec un lien est en route. Le lien est valable une heure.',
  'accounts.reset.title': 'Choisissez un nouveau mot de passe',
  'accounts.reset.lead': 'Vous serez déconnecté sur tous vos appareils.',
  'accounts.reset.submit': 'Enregistrer le mot de passe',
  'accounts.reset.expired': 'Ce lien a déjà servi ou a plus d’une heure. Demandez-en un nouveau ici.',
  'accounts.show.title': 'Mon compte',
  'accounts.show.lead': 'Vos coordonnées et votre adresse e-mail.',
  'accounts.show.profile': 'Modifier mon compte',
  'accounts.show.save': 'Enregistrer',
  'accounts.show.saved': 'Votre compte est enregistré.',
  'accounts.show.password': 'Changer de mot de passe',
  'accounts.show.password_submit': 'Changer de mot de passe',
  'accounts.show.password_changed':
    'Votre mot de passe est changé et vous avez été déconnecté de tous vos autres appareils.',
  'accounts.sessions.title': 'Sessions',
  'accounts.sessions.lead':
    'Là où vous êtes connecté. Fermez ce que vous ne reconnaissez pas, puis changez de mot de passe.',
  'accounts.sessions.this': 'Cette session',
  'accounts.sessions.device': 'Navigateur',
  'accounts.sessions.address': 'Adresse réseau',
  'accounts.sessions.since': 'Connecté depuis',
  'accounts.sessions.until': 'Expire',
  'accounts.sessions.unknown': 'Programme inconnu',
  'accounts.sessions.browser_on': '{browser} sous {system}',
  'accounts.sessions.revoke': 'Fermer la session',
  'accounts.sessions.revoke_of': 'Fermer la session : {device}, depuis le {since}',
  'accounts.sessions.revoke_others': 'Fermer toutes les autres sessions',
  'accounts.sessions.revoked': 'La session est fermée.',
  'accounts.sessions.others_revoked': 'Toutes les autres sessions sont fermées.',
  'accounts.mail.hello': 'Bonjour {name},',
  'accounts.mail.confirm.subject': 'Confirmez votre adresse e-mail pour {vendor}',
  'accounts.mail.confirm.heading': 'Confirmez votre adresse e-mail',
  'accounts.mail.confirm.text':
    'Un compte du portail de licences {vendor} a été créé avec l’adresse {email}. Confirmez qu’elle est à vous ; le lien est valable trois jours.',
  'accounts.mail.confirm.action': 'Confirmer l’adresse e-mail',
  'accounts.mail.confirm.closing': 'Vous n’avez pas créé de compte ? Ne faites rien : sans vous, il reste fermé.',
  'accounts.mail.exists.subject': 'Vous avez déjà un compte {vendor}',
  'accounts.mail.exists.heading': 'Vous avez déjà un compte',
  'accounts.mail.exists.text':
    'Quelqu’un, sans doute vous, a voulu créer un compte du portail de licences {vendor} avec l’adresse {email}. Elle en a déjà un : connectez-vous.',
  'accounts.mail.exists.forgot':
    'Vous avez oublié le mot de passe ou n’avez jamais confirmé l’adresse ? Choisissez un nouveau mot de passe : {url}',
  'accounts.mail.exists.action': 'Se connecter',
  'accounts.mail.exists.closing': 'Ce n’était pas vous ? Ne faites rien ; rien n’a changé dans votre compte.',
  'accounts.mail.reset.subject': 'Nouveau mot de passe pour {vendor}',
  'accounts.mail.reset.heading': 'Choisissez un nouveau mot de passe',
  'accounts.mail.reset.text':
    'Un nouveau mot de passe a été demandé pour votre compte du portail de licences {vendor}. Le lien sert une seule fois, dans l’heure.',
  'accounts.mail.reset.action': 'Choisir un nouveau mot de passe',
  'accounts.mail.reset.closing': 'Ce n’était pas vous ? Ne faites rien ; votre mot de passe reste inchangé.',
  'accounts.mail.changed.subject': 'Votre mot de passe {vendor} a été changé',
  'accounts.mail.changed.heading': 'Votre mot de passe a été changé',
  'accounts.mail.changed.text':
    'Le mot de passe de votre compte du portail de licences {vendor} vient d’être changé. Si c’était vous, tout va bien.',
  'accounts.mail.changed.action': 'Ce n’était pas moi : choisir un nouveau mot de passe',
  'accounts.mail.changed.closing': 'Si vous ne l’avez pas changé vous-même, prévenez aussi notre assistance.',
} satisfies Record<keyof typeof en, string>
