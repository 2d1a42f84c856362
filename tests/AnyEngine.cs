using Xunit.v3;

namespace Loa;

/// <summary>
/// Tests to which it is all the same which database there is: <c>./test</c> runs them once, all others on each engine. Whoever
/// forgets it pays with seconds, never with a test that did not run.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
sealed class AnyEngineAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Engine", "any")];
}
