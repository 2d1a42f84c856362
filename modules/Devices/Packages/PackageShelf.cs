using Loa.Air;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Jose;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Loa.Devices.Packages;

/// <summary>A signed package, the delegations behind it, and where its bytes are fetched.</summary>
sealed record ShelvedPackage(string Jws, IReadOnlyList<string> Delegations, string? Media);

/// <summary>Where an update finds the package that it names: those that are signed and not withdrawn.</summary>
sealed class PackageShelf(DevicesDb db, PackageCases cases, ITrust trust, IOptions<SpeakerUrls> options)
{
    /// <summary>Null when no such package is offered.</summary>
    /// <param name="digest">Of the signed document.</param>
    public async Task<ShelvedPackage?> Find(string digest, CancellationToken cancel) =>
        (await Signed(cancel)).FirstOrDefault(p => Jws.Digest(p.Jws!) == digest) is { } found
            ? new(found.Jws!, await ProofsOf(found, cancel), options.Value.PackageUrl)
            : null;

    // With those of today: since it was signed, another root may have granted them.
    async Task<IReadOnlyList<string>> ProofsOf(StoredPackage package, CancellationToken cancel) =>
        Package.TryRead(package.Jws, out var read, out _)
            ? [.. package.DelegationList.Union(await trust.DelegationsOf(read.KeyId, cancel), StringComparer.Ordinal)]
            : package.DelegationList;

    /// <summary>Whether who asks may choose it: it is signed, not withdrawn, and in his sight.</summary>
    public async Task<bool> IsOffered(string digest, CancellationToken cancel) =>
        (await cases.InSight(PackageProcedure.Signed, cancel)).Exists(p => Jws.Digest(p.Jws!) == digest);

    /// <summary>The packages that who asks may choose from, the newest first.</summary>
    public async Task<IReadOnlyList<Choice>> Offered(CancellationToken cancel) =>
        [
            .. (await cases.InSight(PackageProcedure.Signed, cancel)).Select(p => new Choice(
                Jws.Digest(p.Jws!),
                p.Label
            )),
        ];

    /// <summary>What the packages are called that commands name by their digest, also those withdrawn since.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesIn(
        IEnumerable<CommandArgs> commands,
        CancellationToken cancel
    ) =>
        commands.Any(c => c.Package is not null)
            ? (await db.Packages.AsNoTracking().Where(p => p.Jws != null).ToListAsync(cancel)).ToDictionary(
                p => Jws.Digest(p.Jws!),
                p => p.Label,
                StringComparer.Ordinal
            )
            : new Dictionary<string, string>(StringComparer.Ordinal);

    Task<List<StoredPackage>> Signed(CancellationToken cancel) =>
        db
            .Packages.AsNoTracking()
            .Where(p => p.State == PackageProcedure.Signed)
            .OrderByDescending(p => p.At)
            .ToListAsync(cancel);
}
