using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Server.Home;

/// <summary>How much the disk with the data still takes, for those who look after the server: told before it is full, not after.</summary>
sealed class RoomTile(Storage storage) : IDeskPart
{
    const double Gigabyte = 1024 * 1024 * 1024;
    const double LeastGigabytes = 2;
    const double LeastShare = 0.05;

    public ValueTask Lay(Desk desk, CancellationToken cancel)
    {
        if (desk.Sight.May(TrustRights.ManageTrust))
            desk.Numbers.Add(Tile());
        return ValueTask.CompletedTask;
    }

    HomeTile Tile()
    {
        var disk = new DriveInfo(storage.Folder);
        var (left, whole) = (disk.AvailableFreeSpace / Gigabyte, disk.TotalSize / Gigabyte);
        return new(
            Words.Get("home.room"),
            Words.Get("home.room.left", left),
            Words.Get("home.room.whole", whole),
            "/retention",
            NeedsAction: left < LeastGigabytes || left < whole * LeastShare,
            Order: 95
        );
    }
}
