namespace Loa.Speaker.Updating;

/// <summary>An update that is under way, as kept over a power cut.</summary>
/// <param name="Package">The compact text of the loa-package.</param>
/// <param name="Media">Where its bytes are fetched; absent means the usual place.</param>
/// <param name="Since">When it was ordered.</param>
sealed record UpdateNote(Guid Command, string Package, string? Media, DateTimeOffset Since);
