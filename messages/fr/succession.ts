import type { succession as en } from '../en/succession.ts'

export const succession = {
  'succession.title': 'Récupération',
  'succession.lead': 'Qui reprend une organisation que plus personne n’administre.',
  'succession.none': 'Rien à récupérer',
  'succession.none_text':
    'Vous pouvez demander à devenir administrateur là où tous les administrateurs sont partis : leurs comptes sont fermés, leurs adresses refusent les e-mails, ou aucun ne s’est connecté depuis {months, number} mois. Il faut pour cela être membre, ou avoir une adresse confirmée dans un domaine que l’organisation a vérifié.',
  'succession.else': 'Tout le reste se décide chez le fournisseur :',
  'succession.grounds.member': 'Vous êtes membre, et tous les administrateurs de cette organisation sont partis.',
  'succession.grounds.domain':
    'Votre adresse est dans un domaine vérifié de cette organisation, dont tous les administrateurs sont partis.',
  'succession.ask.title': '{organization} n’a plus d’administrateur',
  'succession.ask.told': 'Tous les administrateurs connus reçoivent un e-mail maintenant, puis un autre avant la fin.',
  'succession.ask.waits': 'Pendant {days, number} jours, chacun d’eux peut l’arrêter, d’un clic ou en se connectant.',
  'succession.ask.then': 'Ensuite vous devenez administrateur.',
  'succession.ask': 'Demander à devenir administrateur',
  'succession.ask.done': 'Tous les administrateurs sont prévenus. Un e-mail vous dira ce qu’il en est.',
  'succession.ask.waiting': 'Quelqu’un l’a déjà demandé.',
  'succession.own.title': 'Vous avez demandé à administrer {organization}',
  'succession.own.text': 'Sauf si un administrateur l’arrête, vous devenez administrateur le {due}.',
  'succession.withdraw': 'Retirer',
  'succession.waiting.title': 'Quelqu’un demande à devenir administrateur',
  'succession.waiting.text':
    '{name} ({email}) devient administrateur de votre organisation le {due}, car tous les administrateurs semblaient partis. Arrêtez-le si vous êtes encore là.',
  'succession.stop': 'Arrêter',
  'succession.done.stopped': 'Vous l’avez arrêté.',
  'succession.done.withdrawn': 'Vous avez retiré votre demande.',
  'succession.domains': 'Domaines vérifiés',
  'succession.domains.text':
    'Des collègues ayant une adresse dans un domaine vérifié peuvent récupérer votre organisation quand tous les administrateurs sont partis. Sans domaine, seuls les membres le peuvent.',
  'succession.domain': 'Domaine',
  'succession.domain.hint': 'Ce qui suit l’@ dans vos adresses, par exemple acme.example',
  'succession.domain.add': 'Ajouter',
  'succession.domain.proof': 'Preuve',
  'succession.domain.record': 'Créez un enregistrement TXT avec ce nom et ce texte :',
  'succession.domain.record_name': 'nom de l’enregistrement',
  'succession.domain.record_text': 'texte de l’enregistrement',
  'succession.domain.verified': 'Vérifié',
  'succession.domain.verify': 'Vérifier',
  'succession.domain.verify_of': 'Vérifier {domain}',
  'succession.domain.remove': 'Retirer',
  'succession.domain.remove_of': 'Retirer {domain}',
  'succession.domain.added': '{domain} a été ajouté. Il compte une fois vérifié.',
  'succession.domain.removed': '{domain} a été retiré.',
  'succession.domain.verified_done': '{domain} est vérifié.',
  'succession.domain.no_record':
    'L’enregistrement de {domain} n’a pas été trouvé. Un nouvel enregistrement peut mettre quelques heures à être vu.',
  'succession.domain.refused.public': 'N’importe qui obtient une adresse dans ce domaine.',
  'succession.domain.refused.known': 'Ce domaine est déjà là.',
  'succession.domain.refused.too_many': 'Une organisation a au plus {most, number} domaines.',
  'succession.mail.action': 'Voir et décider',
  'succession.mail.asked.subject': '{who} demande à administrer {organization}',
  'succession.mail.asked.text':
    'Dans le portail de licences de {vendor}, tous les administrateurs de {organization} semblent partis. {who} devient administrateur le {due}, sauf si un administrateur l’arrête : connectez-vous et appuyez sur « Arrêter ».',
  'succession.mail.reminded.subject': '{organization} aura bientôt un nouvel administrateur',
  'succession.mail.reminded.text':
    '{who} devient administrateur de {organization} dans le portail de licences de {vendor} le {due}, sauf si un administrateur l’arrête.',
  'succession.mail.stopped.subject': '{organization} garde ses administrateurs',
  'succession.mail.stopped.text':
    '{who} ne devient pas administrateur de {organization} : un administrateur l’a arrêté, ou est revenu.',
  'succession.mail.withdrawn.subject': '{organization} : plus personne ne demande',
  'succession.mail.withdrawn.text': '{who} ne demande plus à administrer {organization}.',
  'succession.mail.completed.subject': '{organization} a un nouvel administrateur',
  'succession.mail.completed.text':
    '{who} administre désormais {organization} dans le portail de licences de {vendor}, car personne ne l’a arrêté à temps.',
} satisfies Record<keyof typeof en, string>
