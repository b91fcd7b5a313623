import type { errors as en } from '../en/errors.ts'

export const errors = {
  'errors.not_signed_in.title': 'Veuillez vous connecter',
  'errors.not_signed_in.text':
    'Cette page est réservée aux utilisateurs connectés. Connectez-vous et vous y reviendrez.',
  'errors.forbidden.title': 'Action non autorisée',
  'errors.forbidden.text':
    'Votre rôle dans cette organisation ne le permet pas. Un administrateur de votre organisation peut le modifier.',
  'errors.not_found.title': 'Page introuvable',
  'errors.not_found.text':
    'Il n’y a rien à cette adresse, ou vous n’y avez pas accès. Vérifiez l’adresse ou repartez de l’accueil.',
  'errors.method_not_allowed.title': 'Impossible ici',
  'errors.method_not_allowed.text': 'L’adresse existe, mais pas pour ce type de requête.',
  'errors.stale.title': 'Quelqu’un vous a devancé',
  'errors.stale.text': 'Ce que vous voyiez a changé entre-temps. Rechargez la page et vérifiez ; rien n’a été écrasé.',
  'errors.gone.title': 'Plus disponible',
  'errors.gone.text': 'Ce lien a expiré ou a déjà servi. Recommencez depuis l’endroit où vous l’avez obtenu.',
  'errors.too_large.title': 'Trop volumineux',
  'errors.too_large.text': 'Votre envoi dépasse ce que cette page accepte. Envoyez-en moins à la fois.',
  'errors.unsupported_media_type.title': 'Type de contenu inconnu',
  'errors.unsupported_media_type.text': 'Le type de contenu de la requête n’est pas accepté ici.',
  'errors.invalid.title': 'Veuillez vérifier votre saisie',
  'errors.invalid.text': 'Un champ du formulaire est manquant ou non valide.',
  'errors.malformed.title': 'La requête est illisible',
  'errors.malformed.text': 'Elle est arrivée incomplète ou endommagée. Revenez en arrière et réessayez.',
  'errors.too_many_requests.title': 'Trop de tentatives',
  'errors.too_many_requests.text':
    'Par sécurité, nous ralentissons les tentatives répétées. Patientez quelques minutes, puis réessayez.',
  'errors.internal.title': 'Une erreur est survenue de notre côté',
  'errors.internal.text':
    'Rien n’a été modifié. Réessayez ; si cela se reproduit, donnez au support le numéro de requête ci-dessous.',
  'errors.unavailable.title': 'De retour dans un instant',
  'errors.unavailable.text':
    'Le portail ne peut pas joindre sa base de données pour l’instant. Rien n’est perdu. Réessayez dans quelques secondes.',
  'errors.storage_full.title': 'Plus de place pour les fichiers',
  'errors.storage_full.text':
    'Le fichier n’a pas été enregistré et rien n’a changé. Prévenez les responsables de ce portail, puis réessayez.',
  'errors.session_ended.title': 'Votre session est terminée',
  'errors.session_ended.text':
    'Rien n’a été enregistré et rien de ce que vous avez saisi n’est perdu : connectez-vous dans un nouvel onglet, puis revenez à celui-ci et rechargez-le. Le navigateur demande s’il faut renvoyer le formulaire ; acceptez.',
  'errors.session_ended.sign_in': 'Se connecter (nouvel onglet)',
  'errors.second_factor':
    'L’administration demande plus qu’un mot de passe. Configurez ici un second facteur, puis revenez.',
  'errors.request_id': 'Numéro de requête : {id}',
} satisfies Record<keyof typeof en, string>
