using Loa.Jose;
using Loa.Speaker.Store;

namespace Loa.Speaker.Enrolling;

/// <summary>The key that this speaker is known by, and the one it makes when that was taken back.</summary>
/// <remarks>The old one stays in force until a person has claimed the new one: whoever only says that it was taken back wins nothing.</remarks>
sealed class OwnKeys
{
    readonly IDisk disk;
    readonly string file;
    readonly string nextFile;

    public OwnKeys(string folder, IDisk disk, Journal journal)
    {
        this.disk = disk;
        (file, nextFile) = (Path.Combine(folder, "key.pem"), Path.Combine(folder, "key-next.pem"));
        // Claimed, and the power went before the file had its name.
        if (
            File.Exists(nextFile)
            && SigningKey.Load(nextFile) is var next
            && next.KeyId == journal.Text(JournalKeys.Key)
        )
            Promote();
        InForce = LoadOrMake(file);
    }

    public SigningKey InForce { get; private set; }

    /// <summary>Made when it is first asked for.</summary>
    public SigningKey Next() => LoadOrMake(nextFile);

    /// <summary>The one that the speaker introduced itself with; null when it is gone.</summary>
    public SigningKey? Of(PendingEnrolment open)
    {
        var kid = open.Kid ?? InForce.KeyId;
        if (kid == InForce.KeyId)
            return InForce;
        return File.Exists(nextFile) && SigningKey.Load(nextFile) is var next && next.KeyId == kid ? next : null;
    }

    public void ForgetNext()
    {
        File.Delete(nextFile);
        disk.SyncFolder("");
    }

    /// <summary>The journal knows by now that the speaker was claimed with this key.</summary>
    public void Claimed(SigningKey by)
    {
        if (by.KeyId == InForce.KeyId)
            return;
        Promote();
        InForce = by;
    }

    void Promote()
    {
        File.Move(nextFile, file, overwrite: true);
        disk.SyncFolder("");
    }

    SigningKey LoadOrMake(string path)
    {
        if (File.Exists(path))
            return SigningKey.Load(path);
        var key = SigningKey.Create();
        key.Save(path);
        disk.SyncFolder("");
        return key;
    }
}
