import type { doctor as en } from '../en/doctor.ts'

export const doctor = {
  'doctor.title': 'Examen d’un fichier de licence',
  'doctor.lead':
    'Voyez ce que contient un fichier de licence ou une clé signée, et ce qui ne va pas. L’examen a lieu sur cet ordinateur ; rien n’est envoyé.',
  'doctor.no_script':
    'Cette page examine les fichiers par un script dans votre navigateur, et les scripts sont désactivés',
  'doctor.no_script.text':
    'Pour que rien ne doive être envoyé, le portail n’examine aucun fichier à votre place. Vous pouvez le faire avec la commande keyport verify, ou avec OpenSSL seul.',
  'doctor.no_script.help': 'Comment vérifier soi-même un fichier de licence',
  'doctor.file': 'Déposez ici des fichiers de licence, ou choisissez-les',
  'doctor.text': 'Ou collez le contenu d’un fichier de licence, une clé signée, ou l’e-mail qui l’apportait',
  'doctor.host': 'Identifiant de l’ordinateur concerné (facultatif)',
  'doctor.host.hint': 'Pour une licence liée à un ordinateur : montre s’il s’agit bien de celui-ci.',
  'doctor.host.help': 'Comment trouver l’identifiant d’un ordinateur',
  'doctor.check': 'Examiner',
  'doctor.results': 'Résultat',
  'doctor.pasted': 'Texte collé',
  'doctor.facts': 'Ce qu’elle dit',
  'doctor.open': 'Ouvrir les détails de la licence',
  'doctor.any_host': 'liée à aucun ordinateur',

  'doctor.fact.serial': 'Numéro de série',
  'doctor.fact.host': 'Ordinateur',
  'doctor.fact.starts': 'Premier jour',
  'doctor.fact.ends': 'Dernier jour',
  'doctor.fact.grace': 'Délai de grâce jusqu’au',
  'doctor.fact.maintenance': 'Maintenance jusqu’au',
  'doctor.fact.features': 'Fonctions',
  'doctor.fact.temporary': 'Temporaire',
  'doctor.fact.issued': 'Émise le',
  'doctor.fact.issuer': 'Émise par',
  'doctor.fact.key': 'Numéro de clé',
  'doctor.fact.signed_by': 'Signée avec',

  'doctor.verdict.valid': 'Cette licence est valable',
  'doctor.do.valid':
    'Elle est authentique, n’a pas été modifiée et est en vigueur. Si le produit la refuse malgré tout, vérifiez qu’il s’agit du bon produit, du bon ordinateur, et que l’horloge de celui-ci est juste.',
  'doctor.verdict.expiring': 'Cette licence est valable, mais seulement jusqu’au {ends}',
  'doctor.do.expiring': 'Renouvelez-la à temps : après ce jour, le produit {product} cesse de fonctionner.',
  'doctor.verdict.grace': 'Cette licence a pris fin le {ends} et ne fonctionne plus que jusqu’au {grace_until}',
  'doctor.do.grace': 'Renouvelez-la maintenant : après le délai de grâce, le produit cesse de fonctionner.',
  'doctor.verdict.not_yet_valid': 'Cette licence commence le {starts}',
  'doctor.do.not_yet_valid':
    'D’ici là, utilisez celle que vous avez. Si ce jour est passé, l’horloge de cet ordinateur est fausse : réglez-la.',
  'doctor.verdict.expired': 'Cette licence a pris fin le {ends}',
  'doctor.do.expired':
    'Le produit ne l’accepte plus. Si elle a été renouvelée, téléchargez le nouveau fichier dans les détails de la licence ; sinon, demandez un renouvellement à votre revendeur.',
  'doctor.verdict.revoked': 'Cette licence a été retirée le {withdrawn}',
  'doctor.do.revoked':
    'Elle ne compte plus, par exemple parce qu’elle a été déplacée vers un autre ordinateur, rendue, ou que sa commande a été annulée. Les détails de la licence montrent quelle clé est en vigueur.',
  'doctor.verdict.superseded': 'Cette licence a été remplacée par une plus récente le {withdrawn}',
  'doctor.do.superseded': 'Ouvrez les détails de la licence, téléchargez le fichier en vigueur et installez celui-là.',
  'doctor.verdict.wrong_host': 'Cette licence est pour un autre ordinateur',
  'doctor.do.wrong_host':
    'Elle est liée à : {host}. Vous avez saisi : {typed}. Utilisez le fichier fait pour votre ordinateur, ou déplacez la licence vers un nouvel ordinateur depuis ses détails.',
  'doctor.verdict.altered': 'Cette licence a été modifiée après sa signature',
  'doctor.do.altered':
    'Quelque chose y diffère de ce que {vendor} a signé : rien de ce qu’elle dit n’est sûr, et aucun produit ne l’acceptera. Téléchargez-la de nouveau, sans la modifier.',
  'doctor.verdict.unknown_key': 'Cette licence n’est pas signée par {vendor}',
  'doctor.do.unknown_key':
    'La clé qui l’a signée n’est pas l’une des nôtres. Elle vient d’un autre éditeur, d’un système de test, ou elle est fausse. Demandez à qui vous l’a donnée d’où elle vient.',
  'doctor.verdict.too_new': 'Cette licence demande une version plus récente',
  'doctor.do.too_new':
    'Elle demande quelque chose que cet examen ne connaît pas. Rechargez cette page ; si cela n’y change rien, mettez le produit à jour avant de l’installer.',
  'doctor.verdict.truncated': 'La fin de cette licence manque',
  'doctor.do.truncated':
    'Elle a été coupée en route, par exemple en la copiant d’un e-mail. Copiez-la en entier, ou téléchargez-la de nouveau.',
  'doctor.verdict.damaged': 'Cette licence est endommagée',
  'doctor.do.damaged':
    'Cela ressemble à un fichier de licence ou à une clé, mais une partie manque ou n’est pas à sa place. Téléchargez-la de nouveau, sans l’ouvrir dans un éditeur.',
  'doctor.verdict.not_license': 'Il n’y a pas de licence là-dedans',
  'doctor.do.not_license':
    'Un fichier de licence finit par .slf et commence par une accolade ; une clé signée commence par « K1. ». Choisissez le fichier téléchargé ici, ou collez-le en entier.',
  'doctor.verdict.code': 'C’est un numéro de série ou un code, pas un fichier de licence',
  'doctor.do.code':
    'Seul le portail le connaît. Connectez-vous et cherchez-le dans le catalogue des licences ; un nouveau numéro de série se saisit sous « Obtenir une clé ».',
  'doctor.verdict.archive': 'C’est une archive compressée ou un document bureautique',
  'doctor.do.archive': 'Décompressez-la, et choisissez les fichiers de licence (.slf) qu’elle contient.',
  'doctor.verdict.pdf': 'C’est un PDF, par exemple un certificat',
  'doctor.do.pdf':
    'Un certificat prouve l’achat et n’active rien. Enregistrez son numéro de série sous « Obtenir une clé », puis téléchargez le fichier de licence.',
  'doctor.verdict.binary': 'Ce n’est pas un texte, donc pas un fichier de licence',
  'doctor.do.binary':
    'Un fichier de licence est un texte court et finit par .slf. Choisissez le fichier téléchargé ici.',
  'doctor.verdict.empty': 'Il n’y a rien dedans',
  'doctor.do.empty':
    'Choisissez un fichier, ou collez son contenu. Si le fichier lui-même est vide, téléchargez-le de nouveau.',
  'doctor.verdict.too_large': 'C’est bien trop grand pour une licence',
  'doctor.do.too_large':
    'Un fichier de licence a quelques milliers de caractères et finit par .slf. Choisissez le fichier téléchargé ici.',
  'doctor.verdict.no_crypto': 'Ce navigateur ne sait pas vérifier les signatures',
  'doctor.do.no_crypto':
    'Il est trop ancien, ou cette page n’a pas été ouverte par une connexion sécurisée (https). Utilisez un navigateur actuel, ou la commande keyport verify.',
  'doctor.verdict.no_keys': 'Les clés publiques de {vendor} n’ont pas pu être chargées',
  'doctor.do.no_keys':
    'Sans elles, personne ne peut dire si la licence est authentique. Vérifiez votre connexion au réseau et appuyez encore une fois sur « Examiner ». Toujours rien ? Écrivez à {support_email}.',
  'doctor.unsure': 'On ne sait pas si elle a été retirée',
  'doctor.unsure.text':
    'La liste des licences retirées n’a pas pu être chargée. Appuyez encore une fois sur « Examiner » dans un moment.',

  'doctor.repaired': 'Le fichier est arrivé endommagé : tel quel, les produits le refusent',
  'doctor.repaired.do':
    'Ce qui est dit ici vaut pour le fichier réparé. Installez le fichier réparé, ou téléchargez-le de nouveau.',
  'doctor.repaired.save': 'Enregistrer le fichier réparé',
  'doctor.repair.utf16': 'Un éditeur l’a enregistré en « Unicode » (UTF-16) au lieu d’UTF-8.',
  'doctor.repair.mail_encoding': 'Il est encore emballé comme les messageries l’envoient.',
  'doctor.repair.entities': 'Des guillemets ont été changés en codes HTML.',
  'doctor.repair.quoted_mail': 'Des marques de réponse (>) se trouvent au début de ses lignes.',
  'doctor.repair.quotes': 'Des guillemets droits ont été changés en guillemets courbes.',
  'doctor.repair.dashes': 'Des traits d’union ont été changés en tirets.',
  'doctor.repair.invisible': 'Il contient des caractères invisibles ou des espaces particulières.',
  'doctor.repair.surroundings': 'Il y a un autre texte autour.',
  'doctor.repair.line_breaks': 'Des retours à la ligne se trouvent en son milieu.',
} satisfies Record<keyof typeof en, string>
