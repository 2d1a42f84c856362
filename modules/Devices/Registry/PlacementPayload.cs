using System.Text.Json;
using Loa.Air;

namespace Loa.Devices.Registry;

/// <summary>What is signed when a speaker is given a place.</summary>
static class PlacementPayload
{
    public static ReadOnlyMemory<byte> Of(
        Guid speaker,
        string kid,
        long version,
        IReadOnlyList<Guid> path,
        DateTimeOffset at
    ) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Placement(Guid.CreateVersion7(), speaker, kid, version, path, at),
            Placement.Shape
        );
}
