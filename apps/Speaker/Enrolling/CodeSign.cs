using Loa.Air;

namespace Loa.Speaker.Enrolling;

/// <summary>Where a person reads the claim code and the root's number: on the speaker's console and in a file beside its data.</summary>
sealed class CodeSign(string folder, OwnKeys keys, Action<string> show, Action<string>? showRoot)
{
    readonly string file = Path.Combine(folder, "claim-code");
    string? shown;

    /// <summary>The server's half of the code, and the half made of the keys that both saw.</summary>
    public void Show(PendingEnrolment open)
    {
        var root = open.RootKey!.KeyId;
        var check = ClaimCheck.Signs(root, keys.Of(open)!.KeyId, open.Code, open.Nonce);
        Show($"{open.Code}-{check}", ClaimCheck.RootNumber(root));
    }

    public void TakeDown()
    {
        File.Delete(file);
        shown = null;
    }

    void Show(string code, string root)
    {
        if (shown == code)
            return;
        File.WriteAllText(file, $"{code}\n{root}\n");
        show(code);
        showRoot?.Invoke(root);
        shown = code;
    }
}
