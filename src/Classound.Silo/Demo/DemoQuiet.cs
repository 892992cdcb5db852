namespace Classound.Silo.Demo;

/// <summary>
/// Keeps the product's log out of the demo's story: what it says about the story would stand between its lines. Only until the story
/// is told; then the demo logs as any host does, for an emergency call that nobody sees is no demonstration.
/// </summary>
internal sealed class DemoQuiet
{
    private volatile bool _telling = true;

    public bool Lets(LogLevel level) => level >= (_telling ? LogLevel.Error : LogLevel.Information);

    public void StoryIsTold() => _telling = false;
}
