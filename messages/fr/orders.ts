import type { orders as en } from '../en/orders.ts'

export const orders = {
  'orders.issue.required': 'Cette cellule ne doit pas être vide',
  'orders.issue.too_long': 'Le texte est trop long pour cette colonne',
  'orders.issue.not_a_number': 'Un nombre entier, 1 ou plus, est attendu',
  'orders.issue.not_a_date': 'Une date telle que 2027-03-31 est attendue',
  'orders.issue.not_a_country': 'Un code pays de deux lettres, tel que FR, est attendu (ISO 3166-1)',
  'orders.issue.not_an_email': 'Ce n’est pas une adresse e-mail',
  'orders.issue.not_a_serial': 'Un numéro de série compte de 6 à 40 lettres de A à Z, chiffres et traits d’union',
  'orders.issue.not_yes_or_no': '« yes » ou « no » est attendu',
  'orders.issue.ends_before_start': 'La date de fin précède la date de début',
  'orders.issue.broken_row': 'La ligne est illisible : un guillemet n’est pas fermé',
  'orders.issue.too_many_cells': 'La ligne a plus de cellules que l’en-tête',
  'orders.issue.unknown_product': 'Aucun produit ne porte ce code',
  'orders.issue.unknown_version': 'Le produit n’a pas cette version',
  'orders.issue.needs_end': 'La maintenance et les abonnements exigent une date de fin',
  'orders.issue.needs_printed_key':
    'Les clés de ce produit figurent sur le certificat : la clé doit être dans le fichier',
  'orders.issue.incomplete_address': 'Une adresse exige société, rue, ville et pays',
  'orders.issue.other_customer': 'La commande appartient à un autre numéro de client',
  'orders.issue.serial_taken': 'Le numéro de série appartient à une autre ligne de commande',
  'orders.issue.serial_twice': 'Le numéro de série figure deux fois dans le fichier',
  'orders.issue.unknown_serial':
    'Aucune licence ne porte ce numéro de série ; il doit être connu ou figurer plus haut dans le fichier',
  'orders.issue.line_twice': 'La même ligne de commande figure deux fois dans le fichier',
  'orders.issue.already_registered': 'La licence est enregistrée ; un import ne la modifie plus',
  'orders.file.unreadable': 'le fichier est illisible',
  'orders.file.empty': 'le fichier est vide',
  'orders.file.encoding':
    'le texte n’est pas en UTF-8 : enregistrez-le en « CSV UTF-8 » ou indiquez son encodage, par exemple windows-1252',
  'orders.file.damaged': 'le fichier est endommagé, tronqué ou protégé par un mot de passe',
  'orders.file.too_large': 'une partie du fichier dépasse la taille possible d’un classeur',
} satisfies Record<keyof typeof en, string>
