namespace Loa.Contracts.Devices;

/// <summary>A place has a board with a key of its own: what is planned there may be told to it.</summary>
[EventName("speaker-claimed")]
public sealed record SpeakerClaimed(Guid SpeakerId);

/// <summary>A speaker was taken to another hamlet, or its place was signed anew.</summary>
[EventName("speaker-moved")]
public sealed record SpeakerMoved(Guid SpeakerId);

/// <summary>Another board took over a place; the one before has no business there any more.</summary>
[EventName("board-replaced")]
public sealed record BoardReplaced(Guid SpeakerId);

/// <summary>A speaker was taken down.</summary>
[EventName("speaker-retired")]
public sealed record SpeakerRetired(Guid SpeakerId);

/// <summary>A speaker's key was taken back for ever.</summary>
[EventName("speaker-key-revoked")]
public sealed record SpeakerKeyRevoked(Guid SpeakerId);
