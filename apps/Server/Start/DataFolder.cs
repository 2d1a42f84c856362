using Loa.Posix;

namespace Loa.Server.Start;

/// <summary>
/// The data folder is nobody else's to read. One that stands open, as older servers made it, is shut and the server goes on:
/// a province must not fall silent over it after an update. Only when it cannot be shut the server refuses.
/// </summary>
static partial class DataFolder
{
    public static void Shut(string folder, ILogger log)
    {
        OwnerOnly.FromNowOn();
        Directory.CreateDirectory(folder);
        if (OwnerOnly.ShutFolder(folder))
            Log.FolderStoodOpen(log, folder);
        var keys = Path.Combine(folder, "keys");
        if (!Directory.Exists(keys))
            return;
        foreach (var key in Directory.EnumerateFiles(keys, "*.pem").Where(OwnerOnly.ShutKey))
            Log.KeyStoodOpen(log, key);
    }

    static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "Other users of this machine could read {Folder}; now they cannot. Whoever may have read it knows password hashes"
        )]
        public static partial void FolderStoodOpen(ILogger log, string folder);

        [LoggerMessage(
            2,
            LogLevel.Error,
            "Others could read the private key {Key}; now they cannot. If somebody may have, revoke it and make a new one"
        )]
        public static partial void KeyStoodOpen(ILogger log, string key);
    }
}
