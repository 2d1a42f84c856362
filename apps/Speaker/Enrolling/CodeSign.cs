namespace Loa.Speaker.Enrolling;

/// <summary>Where a person reads the claim code and the root's number: on the speaker's console and in a file beside its data.</summary>
sealed class CodeSign(string folder, Action<string> show, Action<string>? showRoot)
{
    readonly string file = Path.Combine(folder, "claim-code");
    string? shown;

    public void Show(string code, string root)
    {
        if (shown == code)
            return;
        File.WriteAllText(file, $"{code}\n{root}\n");
        show(code);
        showRoot?.Invoke(root);
        shown = code;
    }

    public void TakeDown() => File.Delete(file);
}
