import type { reminders as en } from '../en/reminders.ts'

export const reminders = {
  'reminders.title': 'Notifications',
  'reminders.lead': 'Ce qui vous est signalé par e-mail, et vos licences dans votre calendrier.',
  'reminders.email.title': 'E-mail',
  'reminders.email.label': 'M’écrire à {email} à propos de',
  'reminders.email.save': 'Enregistrer',
  'reminders.email.saved': 'Votre choix est enregistré.',
  'reminders.topic.license_end': 'Licences qui se terminent',
  'reminders.topic.license_end.hint':
    'Un e-mail par jour au plus, 90, 60, 30 et 7 jours avant. Pour les gestionnaires et les administrateurs, et pour les contacts techniques d’une licence.',
  'reminders.topic.maintenance_end': 'Maintenance qui se termine',
  'reminders.topic.maintenance_end.hint': 'Dans le même e-mail.',
  'reminders.topic.upgrades': 'Mises à niveau',
  'reminders.topic.upgrades.hint':
    'Quand une nouvelle version devient disponible pour vos licences, une fois chacune. Pour les administrateurs et pour les contacts techniques d’une licence.',
  'reminders.topic.registrations': 'Enregistrements des collègues',
  'reminders.topic.registrations.hint':
    'Un e-mail par jour au plus sur ce que d’autres ont enregistré. Pour les gestionnaires et les administrateurs.',
  'reminders.registrations.subject':
    '{count, plural, one {# licence enregistrée pour {organization}} other {# licences enregistrées pour {organization}}}',
  'reminders.registrations.heading': 'Vos collègues ont enregistré des licences',
  'reminders.registrations.text':
    '{count, plural, one {Une licence a été enregistrée pour {organization}.} other {# licences ont été enregistrées pour {organization}.}}',
  'reminders.registrations.line': '{count, plural, one {# licence pour {company}} other {# licences pour {company}}}',
  'reminders.topic.service_requests': 'Demandes de service',
  'reminders.topic.service_requests.hint': 'Quand une demande est ouverte ou décidée.',
  'reminders.topic.releases': 'Nouvelles versions des produits que j’ai choisis',
  'reminders.topic.releases.hint': 'Choisissez les produits sous « Obtenir les logiciels ».',
  'reminders.topic.security': 'Sécurité de mon compte',
  'reminders.topic.security.hint':
    'Toujours : mot de passe modifié, nouveau moyen de connexion, votre rôle dans une organisation.',
  'reminders.calendar.title': 'Calendrier',
  'reminders.calendar.lead':
    'Affiche dans Outlook, Google Agenda ou Calendrier d’Apple quand les licences et la maintenance de {organization} se terminent, pour les 24 prochains mois.',
  'reminders.calendar.make': 'Créer une adresse de calendrier',
  'reminders.calendar.made': 'Votre adresse de calendrier',
  'reminders.calendar.address': 'l’adresse de calendrier',
  'reminders.calendar.once':
    'Copiez-la maintenant : elle n’est affichée que cette fois. Dans votre calendrier, choisissez « S’abonner à partir du web » et collez-la. Quiconque a l’adresse peut lire ce calendrier : ne la transmettez pas.',
  'reminders.calendar.read': 'Adresse créée le {made}, lue pour la dernière fois le {read}.',
  'reminders.calendar.unread': 'Adresse créée le {made}, pas encore lue.',
  'reminders.calendar.replace': 'Remplacer l’adresse',
  'reminders.calendar.replace_hint':
    'Remplacez-la si d’autres ont pu la voir : l’ancienne adresse cesse aussitôt de fonctionner.',
  'reminders.calendar.revoke': 'Révoquer',
  'reminders.calendar.revoked': 'L’adresse de calendrier ne fonctionne plus.',
  'reminders.calendar.name': 'Licences de {organization}',
  'reminders.calendar.end':
    '{count, plural, one {{product} : fin d’une licence} other {{product} : fin de # licences}}',
  'reminders.calendar.end_note':
    '{count, plural, one {Une licence {product} de {organization} se termine ce jour.} other {# licences {product} de {organization} se terminent ce jour.}}',
  'reminders.calendar.maintenance':
    '{count, plural, one {{product} : fin de maintenance} other {{product} : fin de maintenance de # licences}}',
  'reminders.calendar.maintenance_note':
    '{count, plural, one {La maintenance d’une licence {product} de {organization} se termine ce jour.} other {La maintenance de # licences {product} de {organization} se termine ce jour.}}',
  'reminders.unsubscribe.title': 'Plus d’e-mails ?',
  'reminders.unsubscribe.lead': 'Vous ne recevrez plus d’e-mails à propos de :',
  'reminders.unsubscribe.submit': 'Arrêter ces e-mails',
  'reminders.unsubscribe.done': 'C’est fait',
  'reminders.unsubscribe.done_lead': 'Vous ne recevez plus d’e-mails à propos de :',
  'reminders.unsubscribe.change': 'Modifier ce qui m’est signalé par e-mail',
  'reminders.unsubscribe.ended': 'Ce lien ne fonctionne pas',
  'reminders.unsubscribe.ended_lead':
    'Il a été coupé en route, ou date de plus d’un an. Utilisez le lien d’un e-mail plus récent.',
  'reminders.mail.subject':
    '{licenses, plural, =0 {Fin prochaine de la maintenance de {maintenances, plural, one {# licence} other {# licences}} de {organization}} one {# licence de {organization} se termine bientôt} other {# licences de {organization} se terminent bientôt}}',
  'reminders.mail.heading':
    '{licenses, plural, =0 {Fin prochaine de maintenance} other {{maintenances, plural, =0 {Fin prochaine de licences} other {Fin prochaine de licences et de maintenance}}}}',
  'reminders.mail.hello': 'Bonjour {name},',
  'reminders.mail.end':
    '{count, plural, one {Une licence de {organization} se termine bientôt ; après son dernier jour, elle ne fonctionne plus.} other {# licences de {organization} se terminent bientôt ; après leur dernier jour, elles ne fonctionnent plus.}}',
  'reminders.mail.maintenance':
    '{count, plural, one {La maintenance d’une licence de {organization} se termine bientôt ; le produit continue, les mises à jour et l’assistance s’arrêtent.} other {La maintenance de # licences de {organization} se termine bientôt ; les produits continuent, les mises à jour et l’assistance s’arrêtent.}}',
  'reminders.mail.what_to_do':
    'Renouvelez à temps ce dont vous avez encore besoin. Enregistrez le renouvellement sur le portail, et ces rappels s’arrêtent.',
  'reminders.mail.ask':
    'Vous êtes indiqué comme contact technique. Parlez-en à la personne qui gère les licences de {organization}.',
  'reminders.mail.end_on': 'Fin le {date}',
  'reminders.mail.maintenance_on': 'Fin de maintenance le {date}',
  'reminders.mail.several': '{count, plural, one {# licence {product}} other {# licences {product}}}',
  'reminders.mail.more': 'Et d’autres',
  'reminders.mail.more_count': '{count, plural, one {# licence} other {# licences}}',
  'reminders.mail.action': 'Les voir dans le catalogue',
  'reminders.mail.why_member':
    'Vous recevez ceci parce que vous gérez des licences. Choisissez ce qui vous est signalé : {url}',
  'reminders.mail.why_contact':
    'Vous recevez ceci parce que {organization} vous a indiqué comme contact technique de ces licences.',
  'reminders.mail.unsubscribe': 'Arrêter ces e-mails',
} satisfies Record<keyof typeof en, string>
