using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Loa.Kernel;

/// <summary>All text for people, Vietnamese first and English second, from the Words.json that each assembly carries.</summary>
public static class Words
{
    static readonly ConcurrentDictionary<string, string[]> Texts = new(StringComparer.Ordinal);
    static readonly ConcurrentDictionary<Assembly, bool> Read = new();

    static Words() => Add(typeof(Words).Assembly);

    /// <summary>Every key, for the test that both languages are there.</summary>
    public static IReadOnlyDictionary<string, string[]> All => Texts;

    /// <summary>Reads the assembly's texts once; a key that two assemblies claim stops the start.</summary>
    public static void Add(Assembly assembly)
    {
        if (!Read.TryAdd(assembly, true))
            return;
        using var stream = assembly.GetManifestResourceStream("Words.json");
        if (stream is null)
            return;
        foreach (var (key, texts) in JsonSerializer.Deserialize<Dictionary<string, string[]>>(stream)!)
            if (texts.Length != 2 || !Texts.TryAdd(key, texts))
                throw new InvalidOperationException(
                    $"Words.json of {assembly.GetName().Name}: \"{key}\" is there twice, or has not two languages."
                );
    }

    /// <summary>The text in the reader's language; the key itself when there is none, so that a gap is seen and nothing breaks.</summary>
    public static string Get(string key, params object?[] args)
    {
        if (!Texts.TryGetValue(key, out var texts))
            return key;
        var culture = CultureInfo.CurrentUICulture;
        var text = texts[culture.TwoLetterISOLanguageName == "en" ? 1 : 0];
        return args.Length == 0 ? text : string.Format(culture, text, args);
    }

    public static bool Has(string key) => Texts.ContainsKey(key);
}
