using Loa.Kernel;

namespace Loa.Ui;

/// <summary>One number on the home page and where it leads.</summary>
/// <param name="Label">Text, already in the reader's language.</param>
/// <param name="NeedsAction">Somebody must act: shown in red.</param>
public sealed record HomeTile(
    string Label,
    string Value,
    string? Note,
    string Url,
    bool NeedsAction = false,
    int Order = 100
);

/// <summary>A module puts its numbers on the home page of whoever signed in; none where he has no right to them.</summary>
public interface IHomeTiles
{
    ValueTask<IReadOnlyList<HomeTile>> For(Sight sight, CancellationToken cancel);
}
