using Loa.Ui;

namespace Loa.Devices.Commands;

/// <summary>A signed package and where its bytes are fetched.</summary>
sealed record ShelvedPackage(string Jws, string? Media);

/// <summary>Where an update finds the package that it names; rollouts put theirs in.</summary>
interface IPackageShelf
{
    /// <summary>Null when no such package is offered.</summary>
    ValueTask<ShelvedPackage?> Find(string digest, CancellationToken cancel);

    /// <summary>The packages that a person may choose from, the newest first.</summary>
    ValueTask<IReadOnlyList<Choice>> Offered(CancellationToken cancel);
}

/// <summary>All shelves together.</summary>
sealed class PackageShelves(IEnumerable<IPackageShelf> shelves)
{
    public async ValueTask<ShelvedPackage?> Find(string digest, CancellationToken cancel)
    {
        foreach (var shelf in shelves)
            if (await shelf.Find(digest, cancel) is { } found)
                return found;
        return null;
    }

    public async ValueTask<IReadOnlyList<Choice>> Offered(CancellationToken cancel)
    {
        var offered = new List<Choice>();
        foreach (var shelf in shelves)
            offered.AddRange(await shelf.Offered(cancel));
        return offered;
    }
}
